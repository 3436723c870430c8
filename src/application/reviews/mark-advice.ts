import type { Explainer } from '../../domain/advice/points/explain.js';
import type { Recall } from '../../domain/recall/recall.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideMark, type DecidedMark, type MarkOrder } from '../../domain/review/decide-mark.js';
import type { Mark, MarkEvent } from '../../domain/review/mark-events.js';
import { append } from '../decide-and-append.js';
import { refuseKey, refuseReused, takeKey } from '../idempotency.js';
import type { Deps, Transaction } from '../ports.js';
import { awaitListing, recallIn, type RecallCaller, type Recalling } from '../recalls/request-recall.js';
import { orRejection, Refused } from '../refused.js';
import { streamOfMark } from '../written-streams.js';
import { shownRow } from './draw-sample.js';
import { turnAllOff } from './turn-point.js';

/** What marks are made with. */
export type Marking = Recalling & Pick<Deps, 'sampled'>;

/** A mark that was made, or (`repeated`) the one an earlier request with this key had made, and the recall that came with it. */
export interface MarkAccepted {
  readonly status: 'accepted';
  readonly mark: Mark;
  readonly recall: Recall | undefined;
  readonly repeated: boolean;
}

/**
 * Notes what a reviewer says of a row. Points that it turns off and the recall that it asks for are made in the same transaction: all of it stands, or none. @returns the mark, or why nothing was done
 */
export async function markAdvice(
  deps: Marking,
  { order, explainer }: { readonly order: MarkOrder; readonly explainer: Explainer },
  caller: RecallCaller,
): Promise<MarkAccepted | Rejection> {
  const refusal = refuseKey(caller);
  if (refusal !== undefined) return refusal;
  const row = await deps.sampled.row(order.row);
  const decided = decideMark(order, row && shownRow(row, explainer));
  const markId = deps.newId();
  const made = await orRejection(() =>
    deps.transaction(async (tx): Promise<MarkAccepted> => {
      const earlier = await takeKey(tx, caller, { id: markId, order: { mark: order } });
      if (earlier !== undefined && isRejection(earlier)) throw new Refused(earlier);
      if (earlier !== undefined) return earlierMark(tx, earlier.earlierId);
      if (isRejection(decided)) throw new Refused(decided);
      return decidedMark(deps, tx, { decided, order, markId, actor: caller.actor });
    }),
  );
  if (isRejection(made) || made.recall === undefined) return made;
  return { ...made, recall: (await awaitListing(deps, made.recall.recallId, caller)) ?? made.recall };
}

interface Making {
  readonly decided: DecidedMark;
  readonly order: MarkOrder;
  readonly markId: string;
  readonly actor: string;
}

async function decidedMark(deps: Marking, tx: Transaction, { decided, order, markId, actor }: Making): Promise<MarkAccepted> {
  const { mark: data, turnsOff, recalls } = decided;
  // Writers of advice are let to their end before anything is taken out.
  if (turnsOff.length > 0 || recalls !== undefined) await tx.recalls.holdExclusive();
  const mark = await append<Mark, MarkEvent>(tx, streamOfMark(markId, actor), [{ type: 'AdviceMarked', data }]);
  const refused = await turnAllOff(deps, tx, { points: turnsOff, actor, markId });
  if (refused !== undefined) throw new Refused(refused);
  if (recalls === undefined) return { status: 'accepted', mark, recall: undefined, repeated: false };
  const asked = { cause: recalls, allergen: order.allergen, ...(order.note !== undefined && { reason: order.note }) };
  const recall = await recallIn(deps, tx, { order: asked, actor, recallId: deps.newId(), markId });
  return { status: 'accepted', mark, recall, repeated: false };
}

async function earlierMark(tx: Transaction, markId: string): Promise<MarkAccepted> {
  const mark = await tx.reviews.findMark(markId);
  if (mark === undefined) throw new Refused(refuseReused(markId));
  const recall = await tx.recalls.ofMark(markId);
  return { status: 'accepted', mark, recall, repeated: true };
}
