import type { MonthRefusal } from '../../domain/retention/retention.js';
import { LASTING } from '../../domain/run/stream-names.js';
import type { Queryable } from '../../eventlog/postgres-log.js';

/** A month of the log as it lies in the database. */
export interface LogMonth {
  /** Its first day. */
  readonly month: string;
  /** As PostgreSQL estimates them; null where it has not counted yet. */
  readonly events: number | null;
  readonly bytes: number;
}

const MONTHS = `select to_char(to_date(substr(c.relname, 7), 'YYYY_MM'), 'YYYY-MM-DD') as month, case when c.reltuples < 0 then null else c.reltuples::float8 end as events,
    pg_total_relation_size(c.oid)::float8 as bytes
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'batch.event_log'::regclass and c.relname ~ '^event_[0-9]{4}_[0-9]{2}$' and c.relname <> 'event_${LASTING.slice(0, 7).replace('-', '_')}'
  order by 1`;

/** The months that the log holds, oldest first; not the one of what outlives months. */
export async function logMonths(db: Queryable): Promise<readonly LogMonth[]> {
  return (await db.query<LogMonth>(MONTHS)).rows;
}

/** Why a month stays, and how many things keep it. */
export interface Held {
  readonly code: MonthRefusal;
  readonly count: number;
  /** Of a run, where one stands for all. */
  readonly runId: string | null;
  /** What the system says of the folder of archives, as a code. */
  readonly fault?: string;
}

// What can be seen without reading outcomes. A retry that is not planned yet reads the outcomes of its parent. The runs' own events are what followers read:
// those of alerts keep their place, and everybody sees what is below the horizon.
const CHEAP = `select code, count, "runId" from (
  select 1 as place, 'LET_GO_BEFORE' as code, count(*)::int as count, null::uuid as "runId" from batch.let_go_month where month = $1::date
  union all
  select 2, 'RUN_UNFINISHED', count(*)::int, (array_agg(run_id order by requested_at))[1] from batch.run_view where run_month = $1::date and ended_at is null
  union all
  select 3, 'RETRY_WAITING', count(*)::int, (array_agg(r.run_id order by r.requested_at))[1]
    from batch.run_view r join batch.run_view p on p.run_id = r.parent_run_id
    where p.run_month = $1::date and r.retry is not null and r.planned_at is null and r.ended_at is null
  union all
  select 4, 'EVENTS_UNSETTLED', count(*)::int, null from (
    select from batch.event_log where run_month = $1::date and xid >= (select batch.log_horizon()) limit 1000) hidden
  union all
  select 5, 'EVENTS_NOT_FOLLOWED', count(*)::int, null from (
    select from batch.event_log e, batch.alert_follower f where e.run_month = $1::date and e.subject is null and e.run_id is not null and e.stream not like '%/%'
      and (e.xid, e.position) > (f.xid, f.position) limit 1000) unread) found
  where count > 0 order by place limit 1`;

/** What keeps a month in the log, as far as it can be told at once; undefined when nothing does. */
export async function heldBy(db: Queryable, month: string): Promise<Held | undefined> {
  return (await db.query<Held>(CHEAP, [month])).rows[0];
}
