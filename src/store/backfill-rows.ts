import type { Backfill, BackfillDate } from '../domain/backfill/backfill.js';
import { localDate } from '../domain/local-date.js';

/** Columns of `batch.backfill_view`, in the order of `backfillValues`. */
export const BACKFILL_COLUMNS = [
  'backfill_id', 'version', 'status', 'program', 'from_date', 'to_date', 'generator', 'on_existing', 'run_order', 'max_active_runs', 'reason',
  'without_schedule', 'actor', 'cancelled_by', 'cancel_reason', 'requested_at', 'ended_at',
] as const; // prettier-ignore

/** Columns of `batch.backfill_date_view`, in the order of `dateValues`. */
export const DATE_COLUMNS = ['backfill_id', 'record_date', 'place', 'status', 'run_id', 'code'] as const;

/** A row of `batch.backfill_view` as `BACKFILL_SELECTION` gives it. */
export interface BackfillRow {
  backfill_id: string;
  version: number;
  status: Backfill['status'];
  program: Backfill['request']['program'];
  from_date: string;
  to_date: string;
  generator: Backfill['request']['generator'];
  on_existing: Backfill['request']['onExisting'];
  run_order: Backfill['request']['order'];
  max_active_runs: number;
  reason: string | null;
  without_schedule: string | null;
  actor: string;
  cancelled_by: string | null;
  cancel_reason: string | null;
  requested_at: Date;
  ended_at: Date | null;
}

/** A row of `batch.backfill_date_view` as `DATE_SELECTION` gives it. */
export interface BackfillDateRow {
  backfill_id: string;
  record_date: string;
  place: number;
  status: BackfillDate['status'];
  run_id: string | null;
  code: string | null;
}

/** What to select so that a row is a `BackfillRow`. */
export const BACKFILL_SELECTION = BACKFILL_COLUMNS.map((column) => (column.endsWith('_date') ? `${column}::text` : column)).join(', ');
/** What to select so that a row is a `BackfillDateRow`. */
export const DATE_SELECTION = DATE_COLUMNS.map((column) => (column.endsWith('_date') ? `${column}::text` : column)).join(', ');

/** A backfill as values for `BACKFILL_COLUMNS`. */
export function backfillValues({ backfillId, version, status, request, ...rest }: Backfill): unknown[] {
  return [
    backfillId, version, status, request.program, request.from, request.to, request.generator, request.onExisting, request.order,
    request.maxActiveRuns, request.reason ?? null, request.withoutSchedule ?? null, rest.actor, rest.cancelledBy, rest.cancelReason, rest.requestedAt, rest.endedAt,
  ]; // prettier-ignore
}

/** One of a backfill's dates as values for `DATE_COLUMNS`. @param place its index in `dates` */
export function dateValues({ backfillId, dates }: Backfill, place: number): unknown[] {
  const { recordDate, status, runId, code } = dates[place] as BackfillDate;
  return [backfillId, recordDate, place, status, runId, code];
}

/** A backfill out of its row and those of its dates, in their order. */
export function backfillOfRow(row: BackfillRow, dates: readonly BackfillDateRow[]): Backfill {
  return {
    backfillId: row.backfill_id,
    version: row.version,
    status: row.status,
    request: {
      program: row.program,
      from: row.from_date,
      to: row.to_date,
      generator: row.generator,
      onExisting: row.on_existing,
      order: row.run_order,
      maxActiveRuns: row.max_active_runs,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.without_schedule !== null && { withoutSchedule: row.without_schedule }),
    },
    actor: row.actor,
    cancelledBy: row.cancelled_by,
    cancelReason: row.cancel_reason,
    requestedAt: row.requested_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    dates: dates.map((date) => ({
      recordDate: localDate(date.record_date),
      status: date.status,
      runId: date.run_id,
      code: date.code,
    })),
  };
}
