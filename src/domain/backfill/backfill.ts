import { assertNever } from '../assert-never.js';
import { addDays, daysBetween, localDate, type LocalDate } from '../local-date.js';
import type { BackfillEvent, BackfillRequest } from './backfill-events.js';

/** Where a backfill stands. The last two are final; runs of a cancelled one may still be recording the users that they cancel. */
export const BACKFILL_STATUSES = ['RUNNING', 'COMPLETED', 'CANCELLED'] as const;
export type BackfillStatus = (typeof BACKFILL_STATUSES)[number];

/** One record date of a backfill. */
export interface BackfillDate {
  readonly recordDate: LocalDate;
  readonly status: 'WAITING' | 'STARTED' | 'SKIPPED' | 'CANCELLED';
  readonly runId: string | null;
  /** Why it was skipped. */
  readonly code: string | null;
}

/** A backfill as its events tell it. Times are ISO texts. */
export interface Backfill {
  readonly backfillId: string;
  /** Events so far on its stream. */
  readonly version: number;
  readonly status: BackfillStatus;
  readonly request: BackfillRequest;
  readonly actor: string;
  readonly requestedAt: string;
  readonly cancelledBy: string | null;
  readonly cancelReason: string | null;
  readonly endedAt: string | null;
  /** In the order in which they are run. */
  readonly dates: readonly BackfillDate[];
}

/** What the log adds to an event: who and when. */
export interface BackfillEventContext {
  readonly backfillId: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Folds one event into a backfill. Throws a TypeError for a first event other than `BackfillRequested`: the stream is damaged. */
export function evolveBackfill(backfill: Backfill | undefined, event: BackfillEvent, context: BackfillEventContext): Backfill {
  if (event.type === 'BackfillRequested') return requested(event.data, context);
  if (backfill === undefined) {
    throw new TypeError(`the stream of backfill ${context.backfillId} begins with ${event.type}, expected BackfillRequested`);
  }
  return { ...backfill, ...changeOf(backfill, event, context), version: backfill.version + 1 };
}

function requested(request: BackfillRequest, { backfillId, actor, recordedAt }: BackfillEventContext): Backfill {
  const dates = datesOf(request).map((recordDate) => ({ recordDate, status: 'WAITING' as const, runId: null, code: null }));
  const later = { cancelledBy: null, cancelReason: null, endedAt: null };
  return { backfillId, version: 1, status: 'RUNNING', request, actor, requestedAt: recordedAt, ...later, dates };
}

/** The record dates of a range in the order that was asked for. */
export function datesOf({ from, to, order }: Pick<BackfillRequest, 'from' | 'to' | 'order'>): LocalDate[] {
  const [first, last] = [localDate(from), localDate(to)];
  const dates = Array.from({ length: daysBetween(first, last) + 1 }, (_, day) => addDays(first, day));
  return order === 'OLDEST_FIRST' ? dates : dates.toReversed();
}

function changeOf(
  backfill: Backfill,
  event: Exclude<BackfillEvent, { type: 'BackfillRequested' }>,
  { actor, recordedAt: at }: BackfillEventContext,
): Partial<Backfill> {
  switch (event.type) {
    case 'BackfillRunStarted':
      return { dates: withDate(backfill, event.data.recordDate, { status: 'STARTED', runId: event.data.runId }) };
    case 'BackfillDateSkipped':
      return { dates: withDate(backfill, event.data.recordDate, { status: 'SKIPPED', code: event.data.code }) };
    case 'BackfillCancelled': {
      const dates = backfill.dates.map((date) => (date.status === 'WAITING' ? { ...date, status: 'CANCELLED' as const } : date));
      return { status: 'CANCELLED', cancelledBy: actor, cancelReason: event.data.reason ?? null, endedAt: at, dates };
    }
    case 'BackfillCompleted':
      return { status: 'COMPLETED', endedAt: at };
    default:
      return assertNever(event);
  }
}

function withDate({ dates }: Backfill, recordDate: string, change: Partial<BackfillDate>): readonly BackfillDate[] {
  return dates.map((date) => (date.recordDate === recordDate ? { ...date, ...change } : date));
}
