import type { Backfill } from '../../domain/backfill/backfill.js';
import { decideCancelBackfill } from '../../domain/backfill/decide-backfill.js';
import { because } from '../../domain/refusals.js';
import { reject, type Rejection } from '../../domain/rejection.js';
import { decideAndAppend } from '../decide-and-append.js';
import type { Calling, Deciding, Ordering } from '../ports.js';
import { streamOfBackfill } from '../written-streams.js';
import { advanceBackfill } from './advance-backfills.js';

/** Ends a backfill: no more of its runs start, and those that are active are told to end. @returns the backfill after it, or why nothing was done */
export async function cancelBackfill(
  deps: Deciding & Ordering & Calling,
  backfillId: string,
  { reason }: { readonly reason?: string },
  actor: string,
): Promise<Backfill | Rejection> {
  const answer = await deps.transaction(async (tx) => {
    const backfill = await tx.backfills.lock(backfillId);
    if (backfill === undefined) return reject('BACKFILL_NOT_FOUND', because('BACKFILL_NOT_FOUND', { backfill: backfillId }));
    return decideAndAppend(tx, streamOfBackfill(backfillId, backfill, actor), (known) => decideCancelBackfill(known, reason));
  });
  // Should this process die before its runs are told, the sweep tells them.
  if (answer.status === 'CANCELLED') await advanceBackfill(deps, backfillId);
  return answer;
}
