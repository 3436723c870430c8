import type { Pool } from 'pg';
import type { Said } from '../domain/said.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Hidden events that are counted: how many more there are changes nothing. */
const MAX_HIDDEN = 100_000;

// In the order of the index and up to a limit: without either PostgreSQL would read the whole log, not knowing how few they are.
const HIDDEN = `select count(*)::int as events, coalesce(extract(epoch from now() - min(recorded_at)), 0)::float8 as seconds from (
  select recorded_at from batch.event_log where xid >= (select batch.log_horizon()) order by xid, position limit ${MAX_HIDDEN}) hidden`;

// Transactions of the whole cluster count, whatever their database, and prepared ones for as long as they are prepared. Who they are is told by their
// locks, which every account may see; since when, by pg_stat_activity, which shows an account without rights on it only transactions of its own.
const OPEN = `select p.gid as prepared, l.pid, nullif(a.application_name, '') as application, coalesce(a.datname, '') as database,
    extract(epoch from now() - coalesce(p.prepared, a.xact_start))::float8 as seconds,
    coalesce(a.wait_event = 'SyncRep', false) as "waitsForStandby"
  from pg_locks l left join pg_stat_activity a on a.pid = l.pid left join pg_prepared_xacts p on p.transaction = l.transactionid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted and l.pid is distinct from pg_backend_pid()
  order by age(l.transactionid) desc limit 1`;

interface OpenTransaction {
  /** Its name, of one that is prepared. */
  readonly prepared: string | null;
  readonly pid: number | null;
  readonly application: string | null;
  readonly database: string;
  readonly seconds: number | null;
  /** Whether its commit waits until a synchronous standby has it. To end the session would change nothing for the next one. */
  readonly waitsForStandby: boolean;
}

/**
 * Whether followers see what is written: an open writing transaction anywhere in the cluster hides what comes after it.
 * @param openS s that a writing transaction may stay open before followers notice, and before an operator must act
 */
export async function judgeLag(pool: Pool, openS: Readonly<Record<'warning' | 'problem', number>>): Promise<CheckResult> {
  const [hidden, open] = await Promise.all([pool.query<{ events: number; seconds: number }>(HIDDEN), pool.query<OpenTransaction>(OPEN)]);
  const hiddenS = hidden.rows[0]?.seconds ?? 0;
  const { events = 0 } = hidden.rows[0] ?? {};
  const counted = events === MAX_HIDDEN ? tell('OR_MORE', { count: events }) : events;
  const lag = tell('LOG_WAITS', { events: counted, seconds: hiddenS.toFixed(1) });
  const oldest = open.rows[0];
  const seconds = oldest?.seconds ?? hiddenS; // a session of another role shows no more: it is at least as old as what it hides
  if (oldest === undefined || seconds < openS.warning) return ok(lag);
  const held = { lag, transaction: sessionNamed(oldest), seconds: Math.round(seconds) };
  const tellAs = seconds < openS.problem ? warning : problem;
  if (oldest.waitsForStandby) return tellAs(tell('LOG_WAITS_FOR_STANDBY', held), tell('BRING_STANDBY_BACK'));
  return tellAs(tell('LOG_HELD', held), tell('END_TRANSACTION'));
}

/** A transaction, by what an operator can end it with. */
export function sessionNamed({
  prepared,
  pid,
  application,
  database,
}: Pick<OpenTransaction, 'prepared' | 'pid' | 'application' | 'database'>): Said {
  if (prepared !== null) return tell('PREPARED_TRANSACTION', { name: prepared });
  return tell('SESSION_OF', { pid: pid ?? '', application: application ?? tell('UNNAMED'), database });
}
