import type { Backfill } from '../../domain/backfill/backfill.js';
import { decideBackfill, type RequestBackfill } from '../../domain/backfill/decide-backfill.js';
import { dateInZone } from '../../domain/local-date.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { refuseWithoutSchedule } from '../../domain/run/schedule-promise.js';
import { append } from '../decide-and-append.js';
import { refuseKey, refuseReused, takeKey, type KeyedCaller } from '../idempotency.js';
import type { Calling, Deciding, Ordering, Transaction } from '../ports.js';
import { orRejection, Refused } from '../refused.js';
import { streamOfBackfill } from '../written-streams.js';
import { advanceBackfill } from './advance-backfills.js';

/** A backfill that was made, or (`repeated`) the one an earlier request with this key had made. */
export interface BackfillAccepted {
  readonly status: 'accepted';
  readonly backfill: Backfill;
  readonly repeated: boolean;
}

/** Decides on an order for a backfill, records it, and starts its first runs. */
export async function requestBackfill(
  deps: Deciding & Ordering & Calling,
  order: RequestBackfill,
  caller: KeyedCaller,
): Promise<BackfillAccepted | Rejection> {
  const refusal = refuseKey(caller);
  if (refusal !== undefined) return refusal;
  const decision = decideBackfill(order, {
    today: dateInZone(deps.clock(), deps.settings.timeZone),
    defaults: deps.settings,
    generators: [...deps.generators.keys()],
    programs: [...deps.programs.keys()],
  });
  if (isRejection(decision)) return decision;
  const backfillId = deps.newId();
  const decide = async (tx: Transaction): Promise<BackfillAccepted | Rejection> => {
    // Under what else a key may stand for: nothing asked of `runBatch` has a `backfill`.
    const earlier = await takeKey(tx, caller, { id: backfillId, order: { backfill: order } });
    if (earlier !== undefined) return isRejection(earlier) ? earlier : earlierBackfill(tx, earlier.earlierId);
    // A schedule that is paused later makes its dates wait. One that waits from the first is what an operator would look for in vain.
    const withoutOne = refuseWithoutSchedule(order, await tx.runs.activeSchedules());
    if (withoutOne !== undefined) throw new Refused(withoutOne);
    const event = { type: 'BackfillRequested' as const, data: decision };
    const backfill = await append(tx, streamOfBackfill(backfillId, undefined, caller.actor), [event]);
    return { status: 'accepted', backfill, repeated: false };
  };
  const answer = await orRejection(() => deps.transaction(decide));
  // After the commit: the backfill is in the log by now, and the sweep goes on with it should this process die here.
  if (!isRejection(answer) && !answer.repeated) await advanceBackfill(deps, backfillId);
  return answer;
}

async function earlierBackfill(tx: Transaction, backfillId: string): Promise<BackfillAccepted | Rejection> {
  const backfill = await tx.backfills.lock(backfillId);
  if (backfill === undefined) return refuseReused(backfillId);
  return { status: 'accepted', backfill, repeated: true };
}
