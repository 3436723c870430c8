import { addDays, daysBetween, type LocalDate } from '../local-date.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { PROMPT_VERSION, subjectOf, type RecallCause } from './recall-cause.js';
import type { RecallRequest } from './recall-events.js';

/** What becomes of a row: it is written anew; its day is over; its account is closed. */
export const RECALL_MARKS = ['REPLACE', 'PAST', 'ACCOUNT_CLOSED'] as const;
export type RecallMark = (typeof RECALL_MARKS)[number];

/** Days back from today that are looked at where an order names no date. */
const USUAL_DAYS = 7;
/** Most days back. */
const MAX_DAYS = 400;

/** An order to recall something, or to see what that would come to. */
export interface RequestRecall {
  readonly cause: RecallCause;
  readonly allergen?: boolean;
  /** The first target date that is looked at. Default: `USUAL_DAYS` ago. */
  readonly since?: LocalDate;
  readonly reason?: string;
}

/** What the decision needs to know of the world. */
export interface RecallFacts {
  readonly today: LocalDate;
  readonly isKnown: boolean;
  readonly warns: boolean;
  /** What advice could not be made without. */
  readonly lacking: readonly string[];
  /** The recall that has taken the same away and was not lifted. */
  readonly going: string | undefined;
}

/** Completes an order, or says why it is refused. */
export function decideRecall(order: RequestRecall, facts: RecallFacts): RecallRequest | Rejection {
  const refusal = refuseLook(order, facts) ?? refuseReason(order.reason) ?? refuseHarm(order, facts);
  if (refusal !== undefined) return refusal;
  return { cause: order.cause, allergen: order.allergen ?? false, since: sinceOf(order, facts.today), ...keptReason(order.reason) };
}

/** Why not even a preview can be made. */
export function refuseLook(
  { cause, since }: RequestRecall,
  { today, isKnown }: Pick<RecallFacts, 'today' | 'isKnown'>,
): Rejection | undefined {
  if (!isKnown || (cause.kind === 'PROMPT' && !PROMPT_VERSION.test(cause.promptVersion)))
    return reject('RECALL_UNKNOWN', because('RECALL_UNKNOWN'));
  if (since !== undefined && (since > today || daysBetween(since, today) > MAX_DAYS))
    return reject('RECALL_SINCE', because('RECALL_SINCE', { today, days: MAX_DAYS, found: since }));
  return undefined;
}

function refuseHarm({ cause }: RequestRecall, { warns, lacking, going }: RecallFacts): Rejection | undefined {
  const what = subjectOf(cause);
  if (going !== undefined) return reject('RECALL_GOING', because('RECALL_GOING', { what, recall: going }));
  if (cause.kind === 'POINT' && warns) return reject('RECALL_OF_WARNING', because('RECALL_OF_WARNING', { what }));
  if (lacking.length > 0) return reject('RECALL_LEAVES_NOTHING', because('RECALL_LEAVES_NOTHING', { what, lacking: [...lacking] }));
  return undefined;
}

/** The first target date that is looked at. */
export function sinceOf({ since }: Pick<RequestRecall, 'since'>, today: LocalDate): LocalDate {
  return since ?? addDays(today, -USUAL_DAYS);
}

/** What becomes of a row. */
export function markOf({ targetDate, isOpen }: { readonly targetDate: string; readonly isOpen: boolean }, today: LocalDate): RecallMark {
  if (targetDate < today) return 'PAST';
  return isOpen ? 'REPLACE' : 'ACCOUNT_CLOSED';
}
