import type { StoredRun } from '../application/ports.js';
import { localDate } from '../domain/local-date.js';
import type { Tally } from '../domain/outcome.js';
import type { AskMode } from '../domain/run/ask-mode.js';
import type { RunForecast } from '../domain/run/forecast.js';
import type { PauseCause, RunRequest } from '../domain/run/run-events.js';
import type { Run, RunStatus } from '../domain/run/run.js';

/** Columns of `batch.run_view`, in the order of `runValues`. */
export const RUN_COLUMNS = [
  'run_id', 'run_month', 'version', 'status', 'program', 'record_date', 'trigger', 'actor', 'reason', 'schedule_id', 'slot',
  'parent_run_id', 'generator', 'language', 'dry_run', 'on_existing', 'user_ids', 'chunk_size', 'roster', 'chunk_count',
  'paused_reason', 'failure_code', 'cancel_requested_at', 'requested_at', 'planned_at', 'started_at', 'ended_at', 'waits',
  'retry', 'backfill_id', 'paused_cause', 'resumed_at',
  'shadow', 'forecast', 'tally', 'without_schedule', 'paused_by', 'paused_at', 'cancel_reason', 'cancelled_by', 'ready_by', 'recall_id', 'mode',
] as const; // prettier-ignore

/** A row of `batch.run_view` with dates as `YYYY-MM-DD` texts (select them as `::text`). */
export interface RunRow {
  run_id: string;
  run_month: string;
  version: number;
  status: RunStatus;
  program: RunRequest['program'];
  record_date: string;
  trigger: RunRequest['trigger'];
  actor: string;
  reason: string | null;
  schedule_id: string | null;
  slot: Date | null;
  parent_run_id: string | null;
  generator: RunRequest['generator'];
  language: 'ko' | 'en';
  dry_run: boolean;
  on_existing: RunRequest['onExisting'];
  user_ids: number[] | null;
  chunk_size: number | null;
  roster: number | null;
  chunk_count: number | null;
  paused_reason: string | null;
  failure_code: string | null;
  cancel_requested_at: Date | null;
  requested_at: Date;
  planned_at: Date | null;
  started_at: Date | null;
  ended_at: Date | null;
  waits: boolean;
  retry: RunRequest['retry'] | null;
  backfill_id: string | null;
  paused_cause: PauseCause | null;
  resumed_at: Date | null;
  shadow: boolean;
  forecast: RunForecast | null;
  tally: Tally | null;
  without_schedule: string | null;
  paused_by: string | null;
  paused_at: Date | null;
  cancel_reason: string | null;
  cancelled_by: string | null;
  ready_by: Date | null;
  recall_id: string | null;
  mode: AskMode | null;
}

/** What to select so that a row is a `RunRow`. */
export const RUN_SELECTION = RUN_COLUMNS.map((column) => (/_(date|month)$/.test(column) ? `${column}::text` : column)).join(', ');

/** A run as values for `RUN_COLUMNS`. */
export function runValues({ run, month }: StoredRun): unknown[] {
  const { request } = run;
  return [
    run.runId, month, run.version, run.status, request.program, request.recordDate, request.trigger, run.actor, request.reason ?? null,
    request.scheduleId ?? null, request.slot ?? null, request.parentRunId ?? null, request.generator, request.language, request.dryRun,
    request.onExisting, request.userIds ?? null, request.chunkSize ?? null, run.roster, run.chunkCount, run.pausedReason, run.failureCode,
    run.cancelRequestedAt, run.requestedAt, run.plannedAt, run.startedAt, run.endedAt, request.waits ?? false,
    request.retry ?? null, request.backfillId ?? null, run.pausedCause, run.resumedAt,
    request.shadow ?? false, run.forecast, run.tally, request.withoutSchedule ?? null, run.pausedBy, run.pausedAt, run.cancelReason, run.cancelledBy, request.readyBy ?? null, request.recallId ?? null, request.mode ?? null,
  ]; // prettier-ignore
}

/** A run out of its row. */
export function runOfRow(row: RunRow): StoredRun {
  const run: Run = {
    runId: row.run_id,
    version: row.version,
    status: row.status,
    request: requestOfRow(row),
    actor: row.actor,
    roster: row.roster,
    chunkCount: row.chunk_count,
    pausedCause: row.paused_cause,
    pausedReason: row.paused_reason,
    pausedBy: row.paused_by,
    pausedAt: iso(row.paused_at),
    resumedAt: iso(row.resumed_at),
    failureCode: row.failure_code,
    forecast: row.forecast,
    tally: row.tally,
    requestedAt: row.requested_at.toISOString(),
    plannedAt: iso(row.planned_at),
    startedAt: iso(row.started_at),
    cancelRequestedAt: iso(row.cancel_requested_at),
    cancelReason: row.cancel_reason,
    cancelledBy: row.cancelled_by,
    endedAt: iso(row.ended_at),
  };
  return { run, month: localDate(row.run_month) };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function requestOfRow(row: RunRow): RunRequest {
  return {
    program: row.program,
    recordDate: row.record_date,
    trigger: row.trigger,
    generator: row.generator,
    language: row.language,
    dryRun: row.dry_run,
    onExisting: row.on_existing,
    ...(row.chunk_size !== null && { chunkSize: row.chunk_size }),
    ...(row.user_ids && { userIds: row.user_ids }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.schedule_id && { scheduleId: row.schedule_id }),
    ...(row.slot && { slot: row.slot.toISOString() }),
    ...(row.parent_run_id && { parentRunId: row.parent_run_id }),
    ...(row.retry && { retry: row.retry }),
    ...(row.backfill_id && { backfillId: row.backfill_id }),
    ...(row.recall_id && { recallId: row.recall_id }),
    ...(row.waits && { waits: true }),
    ...(row.shadow && { shadow: true }),
    ...(row.ready_by && { readyBy: row.ready_by.toISOString() }),
    ...(row.mode !== null && { mode: row.mode }),
    ...(row.without_schedule !== null && { withoutSchedule: row.without_schedule }),
  };
}
