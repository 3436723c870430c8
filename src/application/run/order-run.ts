import { reject, type Rejection } from '../../domain/rejection.js';
import { refuseReason } from '../../domain/operator-reason.js';
import { REASON_LENGTH } from '../../domain/operator-text.js';
import { cancelRun } from './cancel-run.js';
import { pauseRun } from './pause-run.js';
import type { Deps, StoredRun, Ordering } from '../ports.js';

/** Cancels a run at an operator's word. @returns the run after it, or why nothing was done */
export async function cancelRunBecause(
  deps: Ordering & Pick<Deps, 'lanes'>,
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
  if (reason.trim() === '') {
    return reject('REASON_MISSING', `A pause needs a reason of 1 to ${REASON_LENGTH} characters, found none. Say why.`);
  }
  return refuseReason(reason) ?? pauseRun(deps, runId, { cause: 'OPERATOR', reason: reason.trim() }, actor);
}
