import { decideRecall, type RecallFacts, type RequestRecall } from '../../domain/recall/decide-recall.js';
import { subjectOf, type RecallCause } from '../../domain/recall/recall-cause.js';
import type { Recall } from '../../domain/recall/recall.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { append } from '../decide-and-append.js';
import { refuseKey, refuseReused, takeKey, type KeyedCaller } from '../idempotency.js';
import type { Deciding, Deps, Ordering, Transaction } from '../ports.js';
import { orRejection, Refused } from '../refused.js';
import { streamOfRecall } from '../written-streams.js';
import { lackingWithout } from './lacking-without.js';
import { listRecall } from './list-recalls.js';
import { todayOfRecalls } from './today-of-recalls.js';

/** What recalls are made with. */
export type Recalling = Deciding & Ordering & Pick<Deps, 'recalled' | 'recalls' | 'words'>;

/** The caller of a recall, and how long it waits for the count of the rows; absent: to the end. */
export interface RecallCaller extends KeyedCaller {
  readonly patienceMs?: number;
}

/** A recall that was made, or (`repeated`) the one an earlier request with this key had made. */
export interface RecallAccepted {
  readonly status: 'accepted';
  readonly recall: Recall;
  readonly repeated: boolean;
}

/**
 * Takes something out of all advice that is written from now on, and has the rows that hold it written anew. When this answers, nothing new is written with it; its rows are counted and their runs
 * asked for, now or, should this process die, by a worker's sweep.
 */
export async function requestRecall(deps: Recalling, order: RequestRecall, caller: RecallCaller): Promise<RecallAccepted | Rejection> {
  const refusal = refuseKey(caller);
  if (refusal !== undefined) return refusal;
  const recallId = deps.newId();
  const answer = await orRejection(() => deps.transaction((tx) => decide(deps, tx, { order, caller, recallId })));
  if (isRejection(answer)) return answer;
  return { ...answer, recall: (await awaitListing(deps, answer.recall.recallId, caller)) ?? answer.recall };
}

/** Has the rows of a recall counted, for as long as the caller waits. The listing goes on when the caller stops waiting; where it fails, a worker's sweep does it. */
export async function awaitListing(
  deps: Recalling,
  recallId: string,
  { patienceMs }: Pick<RecallCaller, 'patienceMs'>,
): Promise<Recall | undefined> {
  const listing = listRecall(deps, recallId);
  return patienceMs === undefined ? listing : Promise.race([listing.catch(() => undefined), after(patienceMs)]);
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}

interface Ask {
  readonly order: RequestRecall;
  readonly caller: KeyedCaller;
  readonly recallId: string;
}

async function decide(deps: Recalling, tx: Transaction, { order, caller, recallId }: Ask): Promise<RecallAccepted | Rejection> {
  const earlier = await takeKey(tx, caller, { id: recallId, order: { recall: order } });
  if (earlier !== undefined) return isRejection(earlier) ? earlier : earlierRecall(tx, earlier.earlierId);
  // Waits until writers of advice have ended; later writers read the new state.
  await tx.recalls.holdExclusive();
  const recall = await recallIn(deps, tx, { order, actor: caller.actor, recallId });
  return { status: 'accepted', recall, repeated: false };
}

/** A recall as it is made: its actor, and the reviewer's mark that asked for it. */
export interface MadeRecall {
  readonly order: RequestRecall;
  readonly actor: string;
  readonly recallId: string;
  readonly markId?: string;
}

/** Makes a recall within a transaction that holds the lock of recalls. Its rows are counted after the commit. @throws Refused */
export async function recallIn(deps: Recalling, tx: Transaction, { order, actor, recallId, markId }: MadeRecall): Promise<Recall> {
  const decision = decideRecall(order, await factsFor(deps, tx, order.cause));
  if (isRejection(decision)) throw new Refused(decision);
  const data = { ...decision, ...(markId !== undefined && { markId }) };
  return append(tx, streamOfRecall(recallId, undefined, actor), [{ type: 'RecallRequested', data }]);
}

async function factsFor(deps: Recalling, tx: Transaction, cause: RecallCause): Promise<RecallFacts> {
  const { words } = deps;
  const going = await tx.recalls.going();
  return {
    today: await todayOfRecalls(deps, tx),
    isKnown: words.knows(cause),
    warns: cause.kind === 'POINT' && words.warns(cause.point),
    lacking: await lackingWithout(words, tx, cause),
    going: going.find((each) => each.cause.kind === cause.kind && subjectOf(each.cause) === subjectOf(cause))?.recallId,
  };
}

async function earlierRecall(tx: Transaction, recallId: string): Promise<RecallAccepted | Rejection> {
  const recall = await tx.recalls.lock(recallId);
  if (recall === undefined) return refuseReused(recallId);
  return { status: 'accepted', recall, repeated: true };
}
