import { because } from '../../domain/refusals.js';
import { reject, type Rejection, isRejection } from '../../domain/rejection.js';
import { refuseReason } from '../../domain/operator-reason.js';
import { REASON_LENGTH } from '../../domain/operator-text.js';
import { pauseRun } from './pause-run.js';
import type { Calling, Deciding, Deps, Ordering, StoredRun } from '../ports.js';
import { isFinal } from '../../domain/run/run.js';
import { advanceBackfills } from '../backfills/advance-backfills.js';
import { cancelRun } from './cancel-run.js';

/** Cancels a run at an operator's word; where it ends at once, its backfill goes on to the next date. @returns the run after it, or why nothing was done */
export async function cancelRunBecause(
  deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills'>,
  runId: string,
  reason: string | undefined,
  actor: string,
): Promise<StoredRun | Rejection> {
  const answer = refuseReason(reason) ?? (await cancelRun(deps, runId, reason === undefined ? {} : { reason }, actor));
  if (!isRejection(answer) && isFinal(answer.run.status)) await advanceBackfills(deps);
  return answer;
}

/** Pauses a run at an operator's word: the reason tells other operators why. @returns the run after it, or why nothing was done */
export async function pauseRunBecause(
  deps: Pick<Deps, 'progress' | 'transaction'>,
  runId: string,
  reason: string,
  actor: string,
): Promise<StoredRun | Rejection> {
  if (reason.trim() === '') return reject('REASON_MISSING', because('PAUSE_WITHOUT_REASON', { most: REASON_LENGTH }));
  return refuseReason(reason) ?? pauseRun(deps, runId, { cause: 'OPERATOR', reason: reason.trim() }, actor);
}
