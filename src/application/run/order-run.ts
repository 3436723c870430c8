import { because } from '../../domain/refusals.js';
import { reject, type Rejection, isRejection } from '../../domain/rejection.js';
import { refuseReason } from '../../domain/operator-reason.js';
import { REASON_LENGTH } from '../../domain/operator-text.js';
import { pauseRun } from './pause-run.js';
import type { Calling, Deps, Ordering, StoredRun } from '../ports.js';
import { decideCancel } from '../../domain/run/decide-control.js';
import { controlRun } from './control-run.js';

/** Cancels a run at an operator's word. @returns the run after it, or why nothing was done */
export async function cancelRunBecause(
  deps: Ordering & Calling,
  runId: string,
  reason: string | undefined,
  actor: string,
): Promise<StoredRun | Rejection> {
  return refuseReason(reason) ?? cancelRun(deps, runId, reason === undefined ? {} : { reason }, actor);
}

/** Pauses a run at an operator's word: the reason is for those who find it paused. @returns the run after it, or why nothing was done */
export async function pauseRunBecause(
  deps: Pick<Deps, 'progress' | 'transaction'>,
  runId: string,
  reason: string,
  actor: string,
): Promise<StoredRun | Rejection> {
  if (reason.trim() === '') return reject('REASON_MISSING', because('PAUSE_WITHOUT_REASON', { most: REASON_LENGTH }));
  return refuseReason(reason) ?? pauseRun(deps, runId, { cause: 'OPERATOR', reason: reason.trim() }, actor);
}

/**
 * Tells a run to end. From now on no outcome is written but `cancelled`: lanes record it for each user who is left, and the last one ends the run.
 * A run that is not planned yet has no user to record, and ends at once.
 */
export async function cancelRun(
  deps: Ordering & Calling,
  runId: string,
  order: { readonly reason?: string },
  actor: string,
): Promise<StoredRun | Rejection> {
  const answer = await controlRun(deps, runId, actor, (run) => decideCancel(run, order));
  if (!isRejection(answer) && answer.run.chunkCount !== null) {
    await deps.queue.enqueueLanes(runId, Math.min(answer.run.chunkCount, await deps.lanes.capacity()));
  }
  return answer;
}
