import { isForAnOperator, pauseTold } from './pause-words.js';
import { keptReason } from '../operator-reason.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import type { PauseCause, RunEvent } from './run-events.js';
import { isFinal, type Run } from './run.js';

/** Decides on pausing a run. A pause for another cause than the one it is paused for is taken over: the operator's word outlives a generator's outage. */
export function decidePause(run: Run, pause: { readonly cause: PauseCause; readonly reason: string }): RunEvent[] | Rejection {
  const refusal = refuseEnding(run, 'DONE_PAUSED');
  if (refusal !== undefined) return refusal;
  if (run.status === 'PAUSED' && !(pause.cause === 'OPERATOR' && run.pausedCause !== 'OPERATOR')) {
    const why = run.pausedReason === null ? because('NO_REASON_GIVEN').said : pauseTold(run.pausedReason);
    return reject('RUN_ALREADY_PAUSED', because('RUN_ALREADY_PAUSED', { run: run.runId, why }), run.runId);
  }
  return [{ type: 'RunPaused', data: pause }];
}

/** Decides on letting a paused run go on. */
export function decideResume(run: Run): RunEvent[] | Rejection {
  const refusal = refuseEnding(run, 'DONE_RESUMED');
  if (refusal !== undefined) return refusal;
  if (run.status !== 'PAUSED') {
    return reject('RUN_NOT_PAUSED', because('RUN_NOT_PAUSED', { run: run.runId, status: run.status }), run.runId);
  }
  return [{ type: 'RunResumed', data: {} }];
}

/**
 * Decides on what a worker resumes by itself, since the run's generator serves again. Only a pause for the generator is over with that: an operator's
 * pause, or one for failures, stays, also where it came after the worker began to try. Nothing happens to a run that goes on or ends.
 */
export function decideResumeServed(run: Run): RunEvent[] {
  return waitsForGenerator(run) ? [{ type: 'RunResumed', data: {} }] : [];
}

/**
 * Decides on what a trial of the run's generator showed. A run that waits for what passes by itself says so when an operator has to mend it after all;
 * that is said once, and any other answer of an endpoint leaves no trace.
 */
export function decideWaitsForOperator(run: Run, reason: string): RunEvent[] {
  const isNews = waitsForGenerator(run) && isForAnOperator(reason) && !isForAnOperator(run.pausedReason ?? '');
  return isNews ? [{ type: 'RunPaused', data: { cause: 'GENERATOR_UNAVAILABLE', reason } }] : [];
}

function waitsForGenerator(run: Run): boolean {
  return run.status === 'PAUSED' && run.pausedCause === 'GENERATOR_UNAVAILABLE' && run.cancelRequestedAt === null;
}

/**
 * Decides on a pause for failures that were counted from `resumedAt` on. A run that was resumed since then is left alone: what the operator who resumed
 * it wants to see has not been counted.
 */
export function decidePauseForFailures(run: Run, { resumedAt, reason }: Pick<Run, 'resumedAt'> & { readonly reason: string }): Decided {
  return run.resumedAt === resumedAt ? decidePause(run, { cause: 'FAILURE_RATE', reason }) : [];
}

type Decided = RunEvent[] | Rejection;

/** Decides on ending a run. Told twice, it stays told: the second time nothing happens. A run without a plan has no user to cancel and ends at once. */
export function decideCancel(run: Run, { reason }: { readonly reason?: string }): RunEvent[] | Rejection {
  if (isFinal(run.status)) return refuseEnded(run, 'DONE_CANCELLED');
  if (run.cancelRequestedAt !== null) return [];
  const requested: RunEvent = { type: 'RunCancelRequested', data: keptReason(reason) };
  if (run.plannedAt !== null) return [requested];
  const nobody = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} };
  return [requested, { type: 'RunCancelled', data: nobody }];
}

/** What a run that ends can no more be. */
type Done = 'DONE_PAUSED' | 'DONE_RESUMED' | 'DONE_CANCELLED';

function refuseEnding(run: Run, done: Done): Rejection | undefined {
  if (isFinal(run.status)) return refuseEnded(run, done);
  if (run.cancelRequestedAt === null) return undefined;
  return reject('RUN_BEING_CANCELLED', because('RUN_BEING_CANCELLED', { run: run.runId, done: because(done).said }), run.runId);
}

function refuseEnded({ runId, status }: Run, done: Done): Rejection {
  return reject('RUN_ALREADY_ENDED', because('RUN_ALREADY_ENDED', { run: runId, status, done: because(done).said }), runId);
}
