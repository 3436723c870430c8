import type pg from 'pg';
import type { ProgramName } from '../../domain/program.js';
import type { PauseCause } from '../../domain/run/run-events.js';
import type { RunStatus } from '../../domain/run/run.js';
import { DEAD_AFTER_MS } from '../../store/workers.js';
import { isNow, leaseHolds } from '../../store/database-time.js';
import { isWholeRun } from '../../store/whole-run.js';

/** Runs of a program that stand alike. */
export interface RunCount {
  readonly program: ProgramName;
  readonly status: RunStatus;
  /** Why they are paused; null for others. */
  readonly cause: PauseCause | null;
  readonly runs: number;
  /** Age in s of the oldest that has not ended; null where all have. */
  readonly oldestSeconds: number | null;
}

/** Users of a program's latest night, by outcome or by reason. */
export interface NightCount {
  readonly program: ProgramName;
  readonly kind: 'outcome' | 'reason';
  readonly code: string;
  readonly users: number;
}

/** What was there at the ready-by time of a schedule's latest due run. */
export interface ReadyByCount {
  readonly scheduleId: string;
  readonly readyBy: Date;
  readonly planned: boolean;
  readonly ready: number;
  readonly eligible: number;
}

// A run that is asked for and ends is news for a day; one that has not ended stays news.
const RUNS = `select program, status, paused_cause as cause, count(*)::int as runs,
    max(extract(epoch from now() - coalesce(started_at, requested_at))) filter (where ended_at is null)::float8 as "oldestSeconds"
  from (select program, status, paused_cause, started_at, requested_at, ended_at from batch.run_view where ended_at is null and not dry_run
    union all
    select program, status, null, started_at, requested_at, ended_at from batch.run_view
      where ended_at is not null and not dry_run and requested_at > now() - interval '1 day') r
  group by 1, 2, 3`;

const WEEK = `requested_at > now() - interval '8 days' and not dry_run`;

const SECONDS = `select distinct on (program) program, extract(epoch from ended_at - started_at)::float8 as seconds from batch.run_view r
  where ${WEEK} and ended_at is not null and started_at is not null and ${isWholeRun('r')} and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES')
  order by program, ended_at desc`;

// Ended runs as the night has them, and the chunks of those that go on: never the outcomes themselves.
const EXISTED = `coalesce((g.reasons->>'INTERVENTION_EXISTS')::int, 0)`;
const NIGHT = `with latest as (
    select distinct on (program) program, record_date from batch.run_view where ${WEEK} order by program, record_date desc),
  ended as (select n.* from latest l join batch.night_view n on n.program = l.program and n.record_date = l.record_date),
  going as (select r.program, c.* from latest l join batch.run_view r on r.program = l.program and r.record_date = l.record_date
    join batch.chunk_view c on c.run_id = r.run_id where r.ended_at is null and not r.dry_run)
  select program, kind, code, sum(users)::float8 as users from (
    select e.program, 'outcome' as kind, u.code, u.users from ended e cross join lateral (values ('GENERATED', e.generated), ('EXISTED', e.existed),
      ('SKIPPED', e.skipped), ('FAILED', e.failed), ('CANCELLED', e.cancelled)) u (code, users)
    union all select e.program, 'reason', u.key, u.value::int from ended e cross join lateral jsonb_each_text(e.reasons) u
    union all select g.program, 'outcome', u.code, u.users from going g cross join lateral (values ('GENERATED', g.generated), ('EXISTED', ${EXISTED}),
      ('SKIPPED', g.skipped - ${EXISTED}), ('FAILED', g.failed), ('CANCELLED', g.cancelled)) u (code, users)
    union all select g.program, 'reason', u.key, u.value::int from going g cross join lateral jsonb_each_text(g.reasons) u) counted
  group by 1, 2, 3`;

// Failures up to a share are no failure of the night. The key of a schedule's runs finds the latest at once.
const SUCCESSES = `select s.id as "scheduleId", r.ended_at as "endedAt" from unnest($1::uuid[]) s (id) cross join lateral (
    select ended_at from batch.run_view where schedule_id = s.id and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES') and not dry_run
      and (tally->>'failed')::int * 100 <= $2 * ((tally->>'failed')::int + (tally->>'generated')::int)
    order by slot desc limit 1) r`;

const READY_BY = `select schedule_id as "scheduleId", ready_by as "readyBy", planned, ready, eligible from batch.coverage where schedule_id = any($1)`;

const PROCESSES = `select w.roles as role, count(*)::int as processes, coalesce(sum(w.lanes), 0)::int as lanes,
    (select count(*)::int from batch.chunk_work c where not c.done and c.owner is not null and ${leaseHolds('c')}) as busy
  from batch.worker w where w.stopped_at is null and ${isNow('w.seen_at', DEAD_AFTER_MS)} group by 1`;

/** Figures of the whole service for metrics and alarms, each in one statement whose cost follows the number of runs and chunks, never that of users. */
export class FigureQueries {
  constructor(private readonly pool: Pick<pg.Pool, 'query'>) {}

  /** Runs that have not ended, and those that were asked for within a day; dry ones apart. */
  async runs(): Promise<readonly RunCount[]> {
    return (await this.pool.query<RunCount>(RUNS)).rows;
  }

  /** How long in s the latest run over everybody took, of each program that had one within eight days. */
  async seconds(): Promise<readonly { readonly program: ProgramName; readonly seconds: number }[]> {
    return (await this.pool.query<{ program: ProgramName; seconds: number }>(SECONDS)).rows;
  }

  /** The latest night of each program. */
  async night(): Promise<readonly NightCount[]> {
    return (await this.pool.query<NightCount>(NIGHT)).rows;
  }

  /** When the latest good run of each schedule ended. @param failuresPercent failed users in a hundred judged ones up to which a run is good */
  async successes(scheduleIds: readonly string[], failuresPercent: number): Promise<ReadonlyMap<string, Date>> {
    const { rows } = await this.pool.query<{ scheduleId: string; endedAt: Date }>(SUCCESSES, [scheduleIds, failuresPercent]);
    return new Map(rows.map(({ scheduleId, endedAt }) => [scheduleId, endedAt]));
  }

  /** What the alerts' look at each schedule's latest ready-by time found. */
  async readyBy(scheduleIds: readonly string[]): Promise<readonly ReadyByCount[]> {
    return (await this.pool.query<ReadyByCount>(READY_BY, [scheduleIds])).rows;
  }

  /** Processes that give signs of life, by role; `busy` lanes are those of all roles. */
  async processes(): Promise<
    readonly { readonly role: string; readonly processes: number; readonly lanes: number; readonly busy: number }[]
  > {
    return (await this.pool.query<{ role: string; processes: number; lanes: number; busy: number }>(PROCESSES)).rows;
  }
}
