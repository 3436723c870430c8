import { isFinal } from '../domain/run/run.js';
import { appendRunEvents } from './append-run-events.js';
import { cancelChunk } from './cancel-chunk.js';
import { completeRun } from './complete-run.js';
import { keepLease } from './keep-lease.js';
import { LaneRoom } from './lane-room.js';
import { pauseAfterFailures, pauseForFault, pauseWithoutGenerator } from './pause-run.js';
import type { ClaimedChunk, Deps } from './ports.js';
import { processChunk, type ChunkEnd } from './process-chunk.js';
import { killsWorkers, rescueChunk } from './rescue-chunk.js';

/** What became of a claim: work was done, the chunk must be worked on alone, there was none, or none was asked for any more. */
type ClaimEnd = 'WORKED' | 'SUSPECT' | 'NONE' | 'STOPPED';

/** Claims and processes chunks of a run until none is left or `signal` asks to stop; the lane that finds the last one done ends the run. */
export async function runLane(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await refuseUnknown(deps, runId, signal);
  const room = roomOf(deps);
  while (!signal.aborted) {
    let end = await room.beside(() => claimNext(deps, runId, signal, { isAlone: false }));
    if (end === 'SUSPECT') {
      if (room.isAwaited) return; // one lane of a process waits for that, and the others are wanted elsewhere
      end = await room.alone(() => claimNext(deps, runId, signal, { isAlone: true }));
    }
    if (end === 'NONE') {
      await completeRun(deps, runId);
      return;
    }
  }
}

async function claimNext(deps: Deps, runId: string, signal: AbortSignal, { isAlone }: { isAlone: boolean }): Promise<ClaimEnd> {
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
    } else await work(deps, claim, signal);
  } catch (error) {
    await giveUp(deps, claim, error);
    throw error;
  }
  deps.progress.changed(runId);
  return 'WORKED';
}

/** A worker without a run's generator or program leaves its chunks to those who have it; to cancel them nobody needs either. */
async function refuseUnknown(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  const stored = await deps.retrying(() => deps.lanes.find(runId), signal);
  if (stored === undefined || stored.run.cancelRequestedAt !== null) return;
  const { generator, program } = stored.run.request;
  if (!deps.programs.has(program))
    throw new ProgramNotKnown(`run ${runId} is of the program ${program}: let workers of a release do it that knows it`);
  if (!deps.generators.has(generator))
    throw new GeneratorNotConfigured(`run ${runId} wants ${generator}: start this worker with the configuration of the others`);
}

class GeneratorNotConfigured extends Error {
  readonly code = 'GENERATOR_NOT_CONFIGURED';
}

class ProgramNotKnown extends Error {
  readonly code = 'PROGRAM_NOT_KNOWN';
}

/** Frees a chunk at once for whoever may fare better with it. What fails by itself counts against it, like the death of a worker. */
async function giveUp(deps: Deps, claim: ClaimedChunk, error: unknown): Promise<void> {
  const { kind, code } = deps.faultOf(error);
  await deps.lanes.release(claim, { blamed: kind === 'OTHER' }).catch(() => undefined);
  if (kind === 'SETUP') await pauseForFault(deps, claim, code).catch(() => undefined);
}

async function rescue(deps: Deps, claim: ClaimedChunk, signal: AbortSignal): Promise<void> {
  const isMore = await deps.retrying(() => rescueChunk(deps, claim), signal);
  if (isMore) await deps.bell.openLanes(claim.runId, await deps.lanes.capacity());
  else await pauseAfterFailures(deps, claim.runId);
}

async function work(deps: Deps, claim: ClaimedChunk, signal: AbortSignal): Promise<void> {
  await deps.retrying(() => startOnce(deps, claim.runId), signal);
  const end = await processLeased(deps, claim, signal);
  if (end.status === 'unavailable') await pauseWithoutGenerator(deps, claim.runId, end.reason);
  else if (end.failures) await pauseAfterFailures(deps, claim.runId);
}

async function processLeased(deps: Deps, claim: ClaimedChunk, stopping: AbortSignal): Promise<ChunkEnd> {
  const lease = keepLease(deps, claim);
  try {
    const end = await processChunk(deps, claim, { stopping, lost: lease.lost });
    if (end.status !== 'judged') await deps.lanes.release(claim);
    return end;
  } finally {
    lease.stop();
  }
}

const rooms = new WeakMap<Deps, LaneRoom>();

/** One for the process, whatever runs its lanes are of. */
function roomOf(deps: Deps): LaneRoom {
  const known = rooms.get(deps) ?? new LaneRoom();
  rooms.set(deps, known);
  return known;
}

const started = new WeakMap<Deps, Set<string>>();

async function startOnce(deps: Deps, runId: string): Promise<void> {
  const known = started.get(deps) ?? new Set<string>();
  started.set(deps, known);
  if (known.has(runId)) return;
  // Looked at without a lock first: whoever joins others at their work must not wait until what they write is written.
  if ((await deps.lanes.find(runId))?.run.startedAt === null) await start(deps, runId);
  known.add(runId);
  if (known.size > 100) known.delete(known.values().next().value ?? '');
}

async function start(deps: Deps, runId: string): Promise<void> {
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.startedAt !== null || isFinal(stored.run.status)) return; // a claim may outlive its run's end
    await appendRunEvents(tx, stored, [{ type: 'RunStarted', data: {} }], deps.settings.workerId);
  });
}
