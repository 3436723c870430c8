import type { Pool, QueryConfig } from 'pg';
import { until } from './until.js';

const WAITING = `select count(*)::int as waiting from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and ($1::text is null or wait_event = $1) and pid <> pg_backend_pid()`;

const BEHIND = `select count(*)::int as waiting from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and pg_blocking_pids(pid) @> array[$1::int]`;

/**
 * Resolves once at least `count` sessions of this database wait for a lock: how a test knows that somebody has come to it. `on` asks for a kind of
 * lock: of a whole table, of a row that another transaction holds, or the gate of a run.
 */
export function lockWaiters(pool: Pool, count: number, on?: 'relation' | 'transactionid' | 'advisory'): Promise<void> {
  return reached(pool, count, { text: WAITING, values: [on ?? null] });
}

/** Resolves once at least `count` sessions wait for what the session `pid` holds, and not for one another. */
export function waitersBehind(pool: Pool, pid: number, count: number): Promise<void> {
  return reached(pool, count, { text: BEHIND, values: [pid] });
}

function reached(pool: Pool, count: number, query: QueryConfig): Promise<void> {
  return until(async () => ((await pool.query<{ waiting: number }>(query)).rows[0]?.waiting ?? 0) >= count);
}
