import { keptReason } from '../operator-reason.js';
import { reject, type Rejection } from '../rejection.js';
import type { PauseCause, RunEvent } from './run-events.js';
import { isFinal, type Run } from './run.js';

/** Decides on pausing a run. A pause for another cause than the one it is paused for is taken over: the operator's word outlives a generator's outage. */
export function decidePause(run: Run, pause: { readonly cause: PauseCause; readonly reason: string }): RunEvent[] | Rejection {
  const refusal = refuseEnding(run, 'paused');
  if (refusal !== undefined) return refusal;
  if (run.status === 'PAUSED' && !(pause.cause === 'OPERATOR' && run.pausedCause !== 'OPERATOR')) {
    const message = `Run ${run.runId} is paused already: ${run.pausedReason ?? 'no reason was given'} Resume it to let it go on.`;
    return reject('RUN_ALREADY_PAUSED', message, run.runId);
  }
  return [{ type: 'RunPaused', data: pause }];
}

/** Decides on letting a paused run go on. */
export function decideResume(run: Run): RunEvent[] | Rejection {
  const refusal = refuseEnding(run, 'resumed');
  if (refusal !== undefined) return refusal;
  if (run.status !== 'PAUSED') {
    return reject('RUN_NOT_PAUSED', `Run ${run.runId} is not paused, it is ${run.status}: there is nothing to resume.`, run.runId);
  }
  return [{ type: 'RunResumed', data: {} }];
}

/** Decides on ending a run. Told twice, it stays told: the second time nothing happens. A run without a plan has no user to cancel and ends at once. */
export function decideCancel(run: Run, { reason }: { readonly reason?: string }): RunEvent[] | Rejection {
  if (isFinal(run.status)) return refuseEnded(run, 'cancelled');
  if (run.cancelRequestedAt !== null) return [];
  const requested: RunEvent = { type: 'RunCancelRequested', data: keptReason(reason) };
  if (run.plannedAt !== null) return [requested];
  const nobody = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} };
  return [requested, { type: 'RunCancelled', data: nobody }];
}

function refuseEnding(run: Run, what: string): Rejection | undefined {
  if (isFinal(run.status)) return refuseEnded(run, what);
  if (run.cancelRequestedAt === null) return undefined;
  return reject(
    'RUN_BEING_CANCELLED',
    `Run ${run.runId} is being cancelled and cannot be ${what}. Start another run for what is left.`,
    run.runId,
  );
}

function refuseEnded({ runId, status }: Run, what: string): Rejection {
  return reject(
    'RUN_ALREADY_ENDED',
    `Run ${runId} has ended (${status}) and cannot be ${what}. Start another run, or retry this one's users.`,
    runId,
  );
}
