import { dateStatusOf, isSettled, type BackfillDateStatus } from '../../domain/backfill/date-status.js';
import type { BackfillStatus } from '../../domain/backfill/backfill.js';
import { pauseOf } from '../../domain/run/run.js';
import type { PauseCause } from '../../domain/run/run-events.js';
import { BackfillQueries } from '../../projections/queries/backfill-queries.js';
import { RunQueries } from '../../projections/queries/run-queries.js';
import type { Core } from '../../runtime/core.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Pause } from '../run/paused-run.js';

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
  /** Why its runs go without an active schedule; null where they wait for one. */
  readonly withoutSchedule: string | null;
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
  readonly isPaused: boolean;
  /** What paused its run, and why; null unless it is paused. */
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
}

/** A backfill, its dates and where their runs stand; undefined where there is none. */
export async function readBackfill(core: Core, backfillId: string): Promise<BackfillState | undefined> {
  const em = core.orm.em.fork();
  const backfills = new BackfillQueries(em);
  const [row] = await backfills.byIds([backfillId]);
  if (row === undefined) return undefined;
  const dates = (await backfills.dates([backfillId])).get(backfillId) ?? [];
  const runs = await new RunQueries(em).byIds(dates.flatMap(({ run_id: runId }) => runId ?? []));
  const runOf = new Map(runs.map((run) => [run.runId, run]));
  return {
    id: row.backfill_id,
    status: row.status,
    from: row.from_date,
    to: row.to_date,
    order: row.run_order,
    maxActiveRuns: row.max_active_runs,
    actor: row.actor,
    reason: row.reason,
    withoutSchedule: row.without_schedule,
    requestedAt: row.requested_at,
    endedAt: row.ended_at,
    dates: dates.map(({ record_date: recordDate, status, run_id: runId, code }) => {
      const run = runOf.get(runId ?? '');
      const { pausedCause, pausedReason } = pauseOf(run);
      return {
        recordDate,
        status: dateStatusOf(status, run?.status),
        runId,
        code,
        isPaused: run?.status === 'PAUSED',
        pausedCause,
        pausedReason,
      };
    }),
  };
}

/** Whether it is under way and none of its runs is: what is active of it is paused. */
export function isHalted(state: BackfillState): boolean {
  const running = state.dates.filter(({ status }) => status === 'RUNNING');
  return running.length > 0 && running.every(({ isPaused }) => isPaused);
}

/** Its runs that are paused. */
export function pausesOf({ dates }: BackfillState): Pause[] {
  return dates.flatMap(({ runId, isPaused, pausedCause, pausedReason }) =>
    runId === null || !isPaused ? [] : [{ runId, pausedCause, pausedReason }],
  );
}

/** Whether nothing more happens to it: a cancelled one still waits for the runs that it told to end. */
export function isOver({ endedAt, dates }: BackfillState): boolean {
  return endedAt !== null && dates.every(({ status }) => isSettled(status));
}

/** What the end of a backfill makes of a command that waited for it. */
export function exitCodeOfBackfill(state: BackfillState): ExitCode {
  const { status, dates } = state;
  const had = (...wanted: BackfillDateStatus[]): boolean => dates.some((date) => wanted.includes(date.status));
  if (isHalted(state)) return EXIT.paused;
  if (status !== 'COMPLETED' || had('FAILED', 'CANCELLED', 'SKIPPED')) return EXIT.failed;
  return had('COMPLETED_WITH_FAILURES') ? EXIT.failedUsers : EXIT.done;
}
