import type { PauseCause } from '../../domain/run/run-events.js';
import { isFinal } from '../../domain/run/run.js';
import { reasonOfPause } from '../../domain/run/generator-pauses.js';
import { PAUSES } from '../../domain/run/pause-words.js';
import { reasonToPause } from '../../domain/run/failure-rate.js';
import {
  decidePause,
  decidePauseForFailures,
  decideResume,
  decideResumeServed,
  decideWaitsForOperator,
} from '../../domain/run/decide-control.js';
import { eachOf } from '../each-of.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { controlRun } from './control-run.js';
import type { ClaimedChunk, Deps, StoredRun, Ordering, Trying } from '../ports.js';
import { standingOf, tryGenerator } from './trial.js';

/** Pauses a run: lanes stop after what they write now, and no lane claims another chunk until it is resumed. */
export function pauseRun(
  deps: Pick<Deps, 'progress' | 'transaction'>,
  runId: string,
  pause: { readonly cause: PauseCause; readonly reason: string },
  actor: string,
): Promise<StoredRun | Rejection> {
  return controlRun(deps, runId, actor, (run) => decidePause(run, pause));
}

/** Lets a paused run go on where it stopped, and enqueues lanes. */
export async function resumeRun(deps: Ordering, runId: string, actor: string): Promise<StoredRun | Rejection> {
  const answer = await controlRun(deps, runId, actor, decideResume);
  // Planning a run that is planned already opens its lanes, and does nothing else.
  if (!isRejection(answer)) await deps.queue.enqueuePlan(runId);
  return answer;
}

/** Pauses a run in which more users failed than may, counted from when it was last resumed: an operator who resumes it wants to see it try. */
export async function pauseAfterFailures(deps: Pick<Deps, 'progress' | 'runs' | 'settings' | 'transaction'>, runId: string): Promise<void> {
  const stored = await deps.runs.find(runId);
  if (stored === undefined || isFinal(stored.run.status)) return;
  // Nothing is locked while the sums are made: the other lanes go on.
  const { resumedAt } = stored.run;
  const tally = await deps.transaction((tx) => tx.runs.tally(runId, resumedAt ?? undefined));
  const reason = reasonToPause(tally, deps.settings.failurePause);
  if (reason === undefined) return;
  await controlRun(deps, runId, deps.settings.workerId, (run) => decidePauseForFailures(run, { resumedAt, reason }));
}

/** Pauses a run whose generator serves no user now; it goes on by itself when that is over, unless that has happened too often. */
export async function pauseWithoutGenerator(
  deps: Pick<Deps, 'lanes' | 'progress' | 'settings' | 'transaction'>,
  runId: string,
  reason: string,
): Promise<void> {
  const words = reasonOfPause(reason, await deps.lanes.pausesForGenerator(runId));
  await pauseRun(deps, runId, { cause: 'GENERATOR_UNAVAILABLE', reason: words }, deps.settings.workerId);
}

/** Pauses a run whose work the database refuses: tried again it would be refused again, and by each of its chunks. */
export async function pauseForFault(
  deps: Pick<Deps, 'progress' | 'settings' | 'transaction'>,
  { runId, chunk }: Pick<ClaimedChunk, 'runId' | 'chunk'>,
  code: string,
): Promise<void> {
  const reason = PAUSES.tell('CHUNK_REFUSED', { chunk, code }).text;
  await pauseRun(deps, runId, { cause: 'FAULT', reason }, deps.settings.workerId);
}

/** Pauses a run whose roster the database does not give as it must be read. */
export async function pauseAtPlan(deps: Pick<Deps, 'progress' | 'settings' | 'transaction'>, runId: string, code: string): Promise<void> {
  const reason = PAUSES.tell('PLAN_REFUSED', { code }).text;
  await pauseRun(deps, runId, { cause: 'FAULT', reason }, deps.settings.workerId);
}

/** Tries the generators of the runs that wait for them, each with one user of its run, and resumes those whose user was served. */
export async function resumeServed(deps: Ordering & Trying, signal: AbortSignal): Promise<void> {
  const waiting = await deps.lanes.waitingForGenerator();
  if (waiting.length > 0) await deps.words.renew(); // what they lacked may be signed by now
  await eachOf(waiting, ({ run }) => resumeIfServed(deps, run, signal));
}

async function resumeIfServed(deps: Ordering & Trying, { runId, request }: StoredRun['run'], signal: AbortSignal): Promise<void> {
  const [generator, program] = [deps.generators.get(request.generator), deps.programs.get(request.program)];
  if (generator === undefined || program === undefined) return; // a process that has them tries
  if (standingOf(generator, program).status === 'AWAY') return;
  const trial = await tryGenerator(deps, { runId, generator }, signal);
  if (trial.status === 'UNAVAILABLE') {
    const reason = reasonOfPause(trial.reason, await deps.lanes.pausesForGenerator(runId));
    await controlRun(deps, runId, deps.settings.workerId, (run) => decideWaitsForOperator(run, reason));
    return;
  }
  if (trial.status === 'NOBODY_TO_TRY' && (signal.aborted || (await deps.lanes.isWorkedOn(runId)))) return;
  const resumed = await controlRun(deps, runId, deps.settings.workerId, decideResumeServed);
  if (!isRejection(resumed) && resumed.run.status !== 'PAUSED') await deps.queue.enqueuePlan(runId);
}
