import { completeRun } from '../run/complete-run.js';
import { mayGenerate, pauseUnlessServedElsewhere, type Means } from './may-generate.js';
import { keepLease } from './keep-lease.js';
import { pauseAfterFailures, pauseForFault } from '../run/pause-run.js';
import type { ClaimedChunk, Deps, LaneWorking, Ordering } from '../ports.js';
import { processChunk, type ChunkEnd } from './process-chunk.js';
import { batchStep } from '../batches/batch-step.js';
import { killsWorkers, rescueChunk } from './rescue-chunk.js';
import { traced } from '../../base/tracing.js';
import { start } from '../run/start-run.js';
import type { Outcome } from '../../domain/outcome.js';
import { recordOutcomes } from './write-part.js';

const CANCELLED: Outcome = { type: 'UserCancelled', data: {} };

/** Ends a chunk of a run that was told to end: each user without an outcome is recorded as cancelled. */
async function cancelChunk(deps: Pick<Deps, 'elapsed' | 'settings' | 'transaction'>, claim: ClaimedChunk): Promise<void> {
  const began = deps.elapsed();
  await deps.transaction(async (tx) => {
    const held = await tx.chunks.hold(claim);
    if (held === undefined) return;
    const users = held.userIds.map((userId) => ({ userId }));
    const durationMs = deps.elapsed() - began;
    const outcomes = users.map(() => CANCELLED);
    await recordOutcomes(tx, { claim, outcomes, users, held, remaining: [], durationMs, actor: deps.settings.workerId });
  });
}

/** What became of a claim: work was done, the chunk must be worked on alone, there was none, or none was asked for any more. */
type ClaimEnd = 'WORKED' | 'SUSPECT' | 'NONE' | 'STOPPED';

/** Claims and processes chunks of a run until none is left or `signal` asks to stop; the lane that finds the last one done ends the run. @returns whether this lane ended it */
export async function runLane(deps: LaneWorking, runId: string, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const means = await refuseUnknown(deps, runId, signal);
  // A lane that waits for a model costs the application's readers nothing meanwhile, and a lane that cancels takes a moment.
  const isPaced = means?.generator.concurrency === 1;
  while (!signal.aborted) {
    if (means !== undefined && !(await mayGenerate(deps, { runId, ...means }, signal))) return false;
    const leave = isPaced ? await deps.room.pace.enter(signal) : undefined;
    const end = await nextChunk(deps, { runId, means }, signal).finally(leave);
    if (end === 'SUSPECT') return false;
    if (end === 'NONE') return completeRun(deps, runId);
  }
  return false;
}

/** Claims a chunk and works on it, alone where it must be. @returns SUSPECT where it must be and another lane waits for that already: this one is wanted elsewhere */
async function nextChunk(
  deps: LaneWorking,
  { runId, means }: { runId: string; means: Means | undefined },
  signal: AbortSignal,
): Promise<ClaimEnd> {
  const { lock } = deps.room;
  const end = await lock.shared(() => claimNext(deps, runId, signal, { means, isAlone: false }));
  if (end !== 'SUSPECT' || lock.isAwaited) return end;
  return lock.exclusive(() => claimNext(deps, runId, signal, { means, isAlone: true }));
}

interface Claiming {
  readonly means: Means | undefined;
  readonly isAlone: boolean;
}

async function claimNext(deps: LaneWorking, runId: string, signal: AbortSignal, { means, isAlone }: Claiming): Promise<ClaimEnd> {
  if (signal.aborted) return 'STOPPED'; // while it waited for its turn
  const { workerId, leaseMs, chunkTakeovers } = deps.settings;
  const claim = await deps.retrying(() => deps.lanes.claim(runId, workerId, leaseMs), signal);
  if (claim === undefined) return 'NONE';
  try {
    if (claim.cancelled) await deps.retrying(() => cancelChunk(deps, claim), signal);
    else if (killsWorkers(claim, chunkTakeovers)) await rescue(deps, claim, signal);
    else if (claim.suspect && !isAlone) {
      await deps.retrying(() => deps.lanes.release(claim), signal);
      return 'SUSPECT';
    } else await work(deps, claim, { means, signal });
  } catch (error) {
    await giveUp(deps, claim, error);
    throw error;
  }
  deps.progress.notify(runId);
  return 'WORKED';
}

/** A worker without a run's generator or program leaves its chunks to other workers; cancelling needs neither. */
async function refuseUnknown(
  deps: Pick<Deps, 'generators' | 'programs' | 'retrying' | 'runs'>,
  runId: string,
  signal: AbortSignal,
): Promise<Means | undefined> {
  const stored = await deps.retrying(() => deps.runs.find(runId), signal);
  if (stored === undefined || stored.run.cancelRequestedAt !== null) return undefined;
  const { request } = stored.run;
  const [generator, program] = [deps.generators.get(request.generator), deps.programs.get(request.program)];
  if (program === undefined)
    throw new ProgramNotKnown(`run ${runId} is of the program ${request.program}: let workers of a release do it that knows it`);
  if (generator === undefined)
    throw new GeneratorNotConfigured(`run ${runId} wants ${request.generator}: start this worker with the configuration of the others`);
  return { generator, program, mode: request.mode ?? 'CALLS' };
}

class GeneratorNotConfigured extends Error {
  readonly code = 'GENERATOR_NOT_CONFIGURED';
}

class ProgramNotKnown extends Error {
  readonly code = 'PROGRAM_NOT_KNOWN';
}

/** Frees a chunk at once for a lane that may fare better with it. What fails by itself counts against it, like the death of a worker. */
async function giveUp(
  deps: Pick<Deps, 'faultOf' | 'lanes' | 'onSetback' | 'progress' | 'settings' | 'transaction'>,
  claim: ClaimedChunk,
  error: unknown,
): Promise<void> {
  const { kind, code } = deps.faultOf(error);
  await deps.lanes.release(claim, { blamed: kind === 'OTHER' }).catch((failed: unknown) => deps.onSetback('GIVE_BACK', failed));
  if (kind === 'SETUP') await pauseForFault(deps, claim, code).catch((failed: unknown) => deps.onSetback('PAUSE', failed));
}

async function rescue(
  deps: Ordering & Pick<Deps, 'lanes' | 'retrying' | 'runs' | 'settings'>,
  claim: ClaimedChunk,
  signal: AbortSignal,
): Promise<void> {
  const isMore = await deps.retrying(() => rescueChunk(deps, claim), signal);
  if (isMore) await deps.queue.enqueueLanes(claim.runId, await deps.lanes.capacity());
  else await pauseAfterFailures(deps, claim.runId);
}

async function work(
  deps: LaneWorking,
  claim: ClaimedChunk,
  { means, signal }: { readonly means: Means | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const { runId, chunk, userIds } = claim;
  const end = await traced(
    'chunk',
    { runId, chunk, users: userIds.length },
    () => processLeased(deps, claim, { means, stopping: signal }),
    { run: runId },
  );
  if (end.status === 'unavailable') await pauseUnlessServedElsewhere(deps, claim.runId, { means, reason: end.reason });
  else if (end.failures) await pauseAfterFailures(deps, claim.runId);
}

async function processLeased(
  deps: LaneWorking,
  claim: ClaimedChunk,
  { means, stopping }: { readonly means: Means | undefined; readonly stopping: AbortSignal },
): Promise<ChunkEnd> {
  const lease = keepLease(deps, claim);
  try {
    if (!claim.started) await deps.retrying(() => start(deps, claim.runId), stopping); // which waits for others of the run, for as long as they take
    const step = means && (await batchStep(deps, { claim, ...means, signal: AbortSignal.any([stopping, lease.lost]) }));
    if (step !== undefined && step.status !== 'GOES_ON') {
      if (step.status === 'WAITS') await deps.lanes.wait(claim, step.ms);
      else await deps.lanes.release(claim);
      return { status: 'stopped', failures: false };
    }
    const generators = step === undefined ? deps.generators : new Map([...deps.generators, [step.generator.name, step.generator]]);
    const end = await processChunk({ ...deps, generators }, claim, { stopping, lost: lease.lost });
    if (end.status !== 'judged') await deps.lanes.release(claim);
    return end;
  } finally {
    lease.stop();
  }
}
