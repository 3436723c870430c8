import { dateStatusOf, isSettled, type BackfillDateStatus } from '../domain/backfill/date-status.js';
import type { BackfillStatus } from '../domain/backfill/backfill.js';
import type { RunStatus } from '../domain/run/run.js';
import { BackfillQueries } from '../projections/queries/backfill-queries.js';
import { RunQueries } from '../projections/queries/run-queries.js';
import type { Core } from '../server/core.js';
import { EXIT, type ExitCode } from './exit-code.js';

/** A backfill as commands show it, with the names that GraphQL uses. */
export interface BackfillState {
  readonly id: string;
  readonly status: BackfillStatus;
  readonly from: string;
  readonly to: string;
  readonly order: string;
  readonly maxActiveRuns: number;
  readonly actor: string;
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly dates: readonly DateState[];
}

/** One of its dates. */
export interface DateState {
  readonly recordDate: string;
  readonly status: BackfillDateStatus;
  readonly runId: string | null;
  readonly code: string | null;
}

/** A backfill, its dates and where their runs stand; undefined where there is none. */
export async function readBackfill(core: Core, backfillId: string): Promise<BackfillState | undefined> {
  const em = core.orm.em.fork();
  const backfills = new BackfillQueries(em);
  const [row] = await backfills.byIds([backfillId]);
  if (row === undefined) return undefined;
  const dates = (await backfills.dates([backfillId])).get(backfillId) ?? [];
  const runs = await new RunQueries(em).byIds(dates.flatMap(({ run_id: runId }) => runId ?? []));
  const statusOf = new Map(runs.map(({ runId, status }) => [runId, status as RunStatus]));
  return {
    id: row.backfill_id,
    status: row.status,
    from: row.from_date,
    to: row.to_date,
    order: row.run_order,
    maxActiveRuns: row.max_active_runs,
    actor: row.actor,
    reason: row.reason,
    requestedAt: row.requested_at,
    endedAt: row.ended_at,
    dates: dates.map(({ record_date: recordDate, status, run_id: runId, code }) => {
      return { recordDate, status: dateStatusOf(status, statusOf.get(runId ?? '')), runId, code };
    }),
  };
}

/** Whether nothing more happens to it: a cancelled one still waits for the runs that it told to end. */
export function isOver({ endedAt, dates }: BackfillState): boolean {
  return endedAt !== null && dates.every(({ status }) => isSettled(status));
}

/** What the end of a backfill makes of a command that waited for it. */
export function exitCodeOfBackfill({ status, dates }: BackfillState): ExitCode {
  const had = (...wanted: BackfillDateStatus[]): boolean => dates.some((date) => wanted.includes(date.status));
  if (status !== 'COMPLETED' || had('FAILED', 'CANCELLED', 'SKIPPED')) return EXIT.failed;
  return had('COMPLETED_WITH_FAILURES') ? EXIT.failedUsers : EXIT.done;
}
