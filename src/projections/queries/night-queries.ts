import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProgramName } from '../../domain/program.js';
import { isLetGo } from '../../store/let-go-months.js';
import { toDate } from './to-date.js';

/** A night: its runs as they stand, and what those that have ended came to. Micros are millionths of a US$. */
export interface NightRow {
  readonly program: ProgramName;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  readonly runs: number;
  readonly openRuns: number;
  readonly pausedRuns: number;
  readonly failedRuns: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** From start to end of each run that has ended, added up. */
  readonly seconds: number;
  readonly generated: number;
  readonly existed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costMicros: number;
  readonly usersEstimated: number;
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly readyBy: Date | null;
  /** Users with advice by then; null where no time was given. */
  readonly ready: number | null;
  /** Whether a run of it was let go. */
  readonly isBeforeRetention: boolean;
}

/** Which nights; both ends included, `null` for every program. */
export interface NightSpan {
  readonly from: string;
  readonly to: string;
  readonly program: ProgramName | null;
}

/** Reads nights, a row for each program and record date that had a run which was not dry. */
export class NightQueries {
  constructor(private readonly em: EntityManager) {}

  /** In one statement, newest first; what it costs follows the number of runs in the span, not that of users or chunks. */
  async ofSpan({ from, to, program }: NightSpan): Promise<NightRow[]> {
    const { rows } = await sql<NightRow>`
      with r as (
        select program, record_date, count(*)::int as runs, count(*) filter (where ended_at is null)::int as open_runs,
          count(*) filter (where status = 'PAUSED')::int as paused_runs, count(*) filter (where status = 'FAILED')::int as failed_runs,
          min(started_at) as started_at, case when bool_and(ended_at is not null) then max(ended_at) end as ended_at,
          coalesce(sum(extract(epoch from ended_at - started_at)), 0)::float8 as seconds, min(ready_by) as ready_by,
          coalesce(bool_or(${sql.raw(isLetGo('run_month'))}), false) as is_before_retention
        from batch.run_view
        where record_date between ${from}::date and ${to}::date and not dry_run and (${program}::text is null or program = ${program}::text)
        group by 1, 2)
      select r.program, r.record_date::text as "recordDate", r.runs, r.open_runs as "openRuns", r.paused_runs as "pausedRuns",
        r.failed_runs as "failedRuns", r.started_at as "startedAt", r.ended_at as "endedAt", r.seconds, coalesce(n.generated, 0) as generated,
        coalesce(n.existed, 0) as existed, coalesce(n.skipped, 0) as skipped, coalesce(n.failed, 0) as failed, coalesce(n.cancelled, 0) as cancelled,
        coalesce(n.reasons, '{}') as reasons, coalesce(n.tokens_in, 0)::float8 as "tokensIn", coalesce(n.tokens_out, 0)::float8 as "tokensOut",
        coalesce(n.cost_micros, 0)::float8 as "costMicros", coalesce(n.users_estimated, 0) as "usersEstimated",
        coalesce(n.fallbacks, '{}') as fallbacks, r.ready_by as "readyBy", n.ready, r.is_before_retention as "isBeforeRetention"
      from r left join batch.night_view n on n.program = r.program and n.record_date = r.record_date
        and n.record_date between ${from}::date and ${to}::date
      order by r.record_date desc, r.program`.execute(this.em.getKysely());
    return rows.map((row) => {
      // In their place: a copy of thirty columns costs as much as reading them.
      const times = { startedAt: toDate(row.startedAt), endedAt: toDate(row.endedAt), readyBy: toDate(row.readyBy) };
      return Object.assign(row, times);
    });
  }
}
