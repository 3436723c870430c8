import type { LocalDate } from '../../domain/local-date.js';
import { markOf, refuseLook, sinceOf, type RequestRecall } from '../../domain/recall/decide-recall.js';
import type { RecallCounts } from '../../domain/recall/recall-events.js';
import type { Rejection } from '../../domain/rejection.js';
import type { Deps, MarkedRow, RecalledGroup, RecalledPage } from '../ports.js';
import { countsOf } from './list-recalls.js';
import { todayOfRecalls } from './today-of-recalls.js';

/** What a recall would come to. */
export interface RecallPreview {
  readonly status: 'looked';
  readonly since: LocalDate;
  readonly today: LocalDate;
  readonly counts: RecallCounts;
  readonly groups: readonly RecalledGroup[];
}

type Looking = Pick<Deps, 'clock' | 'recalled' | 'settings' | 'transaction' | 'words'>;

/** Counts the rows that a recall would find, and changes nothing. */
export async function previewRecall(deps: Looking, order: RequestRecall): Promise<RecallPreview | Rejection> {
  const today = await todayOf(deps);
  const refusal = refuseLook(order, { today, isKnown: deps.words.knows(order.cause) });
  if (refusal !== undefined) return refusal;
  const since = sinceOf(order, today);
  const groups = await deps.recalled.count(order.cause, since);
  return { status: 'looked', since, today, counts: countsOf(groups, today), groups };
}

/** A page of the rows that a recall finds, each with what becomes of it. Nothing for what is not known. */
export async function recalledRows(deps: Looking, order: RequestRecall, page: RecalledPage): Promise<readonly MarkedRow[]> {
  const today = await todayOf(deps);
  if (refuseLook(order, { today, isKnown: deps.words.knows(order.cause) }) !== undefined) return [];
  const rows = await deps.recalled.rows(order.cause, sinceOf(order, today), page);
  return rows.map((row) => ({ ...row, mark: markOf(row, today) }));
}

function todayOf(deps: Looking): Promise<LocalDate> {
  return deps.transaction((tx) => todayOfRecalls(deps, tx));
}
