import { keptReason, refuseReason } from '../../domain/operator-reason.js';
import type { Recall } from '../../domain/recall/recall.js';
import { because } from '../../domain/refusals.js';
import { reject, type Rejection } from '../../domain/rejection.js';
import type { RecallEvent } from '../../domain/recall/recall-events.js';
import { decideAndAppend, type Decision } from '../decide-and-append.js';
import type { Deps } from '../ports.js';
import { streamOfRecall } from '../written-streams.js';

/** A recall that is to end. */
export interface LiftRecall {
  readonly recallId: string;
  readonly reason?: string;
}

/** Gives back what a recall took away: advice that is written from now on may hold it again. Rows stay as they are. */
export async function liftRecall(
  deps: Pick<Deps, 'transaction'>,
  { recallId, reason }: LiftRecall,
  actor: string,
): Promise<Recall | Rejection> {
  const refusal = refuseReason(reason);
  if (refusal !== undefined) return refusal;
  return deps.transaction(async (tx) => {
    await tx.recalls.holdExclusive();
    const found = await tx.recalls.lock(recallId);
    if (found === undefined) return reject('RECALL_NOT_FOUND', because('RECALL_NOT_FOUND', { recall: recallId }));
    return decideAndAppend(tx, streamOfRecall(recallId, found, actor), ({ liftedAt }): Decision<RecallEvent> =>
      liftedAt === null
        ? [{ type: 'RecallLifted', data: keptReason(reason) }]
        : reject('RECALL_LIFTED', because('RECALL_LIFTED', { recall: recallId })),
    );
  });
}
