import type { Pool } from 'pg';
import { parseAddress } from '../database/address.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { READ, WRITTEN } from '../records/ibsafe-columns.js';
import { sessionNamed } from './log.js';

// Catalogues alone are read, which no lock keeps from being read. What would keep a run waiting is told before one waits: a night begins when no operator looks. Locks in a row are told where a session
// of ours waits for one, and not for another of ours, which has limits; of another role's session it is not told since when it is there.
const HOLDERS = `with held as (
    select l.pid, l.virtualtransaction, c.oid::regclass::text as what
    from pg_locks l join pg_class c on c.oid = l.relation
    where l.locktype = 'relation' and l.granted and l.database = (select oid from pg_database where datname = current_database())
      and ((c.relnamespace = 'public'::regnamespace and c.relname = any($1) and l.mode = 'AccessExclusiveLock')
        or ((c.relnamespace = to_regnamespace('batch') or (c.relnamespace = 'public'::regnamespace and c.relname = $2))
          and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')))
    union all
    select b.pid, null, null from pg_stat_activity w cross join unnest(pg_blocking_pids(w.pid)) b (pid)
    where w.wait_event_type = 'Lock' and w.datname = current_database() and starts_with(w.application_name, $3 || ' ')
      and w.query_start < now() - interval '1 second'
      and not exists (select from pg_stat_activity o where o.pid = b.pid and starts_with(o.application_name, $3 || ' '))),
  holders as (
    select p.gid as prepared, nullif(h.pid, 0) as pid, nullif(a.application_name, '') as application, coalesce(a.datname, current_database()) as database, h.what,
      extract(epoch from now() - coalesce(p.prepared, a.xact_start))::float8 as seconds
    from held h left join pg_stat_activity a on a.pid = h.pid
      left join pg_locks t on h.pid is null and t.pid is null and t.locktype = 'transactionid' and t.virtualtransaction = h.virtualtransaction
      left join pg_prepared_xacts p on p.transaction = t.transactionid or (h.pid = 0 and p.transaction = (
        select transaction from pg_prepared_xacts where database = current_database() order by prepared limit 1))
    where h.pid is distinct from pg_backend_pid())
  select prepared, pid, application, database, seconds, array_remove(array_agg(distinct what order by what), null) as tables
  from holders group by prepared, pid, application, database, seconds order by seconds desc nulls last limit 3`;

interface Holder {
  readonly prepared: string | null;
  /** Null of a prepared one: PostgreSQL says 0 where one is waited for, and the oldest of this database is taken for it. */
  readonly pid: number | null;
  readonly application: string | null;
  readonly database: string;
  readonly tables: readonly string[];
  readonly seconds: number | null;
}

const READ_TABLES = READ.map(({ table }) => table);

/** s for which it may be held before an operator is told, and before one must act. */
const HELD_S = { warning: 2, problem: 60 } as const;

/** Whether another transaction holds what a run needs: a table, or a row that a session of ours waits for. */
export async function judgeLocks(pool: Pool, url: string): Promise<CheckResult> {
  const { rows } = await pool.query<Holder>(HOLDERS, [READ_TABLES, WRITTEN.table, parseAddress(url).applicationName]);
  const long = rows.filter(({ seconds }) => seconds === null || seconds >= HELD_S.warning);
  if (long.length === 0) return ok(tell('NOTHING_HELD'));
  const told = long.map((holder) => {
    const { tables, seconds } = holder;
    const held = { transaction: sessionNamed(holder), what: tables.length > 0 ? tables : tell('ROWS_WAITED_FOR') };
    return seconds === null ? tell('HELD', held) : tell('HELD_SINCE', { ...held, seconds: Math.round(seconds) });
  });
  const isLong = long.some(({ seconds }) => seconds !== null && seconds >= HELD_S.problem);
  return (isLong ? problem : warning)(tell('TABLES_HELD', { holders: told }), tell('END_HOLDER'));
}
