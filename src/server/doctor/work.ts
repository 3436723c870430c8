import { MongoClient } from 'mongodb';
import type { Pool } from 'pg';
import { asTyped } from '../../as-typed.js';
import { PostgresLaneStore } from '../../claims/lane-store.js';
import { Workers } from '../../claims/workers.js';
import { LOCK_LIFETIME_MS } from '../../jobs/job-names.js';
import { codeOf } from '../error-code.js';
import { ok, problem, warning, type Verdict } from './finding.js';

/** A lock this old (ms) belongs to a process that is gone: living ones sign every third of its lifetime. */
const STALE_LOCK_MS = 2 * LOCK_LIFETIME_MS;
const MONGO_PATIENCE_MS = 3_000;

/** Whether Agenda's jobs can be read, and none is held by a process that died. */
export async function judgePostgresJobs(pool: Pool): Promise<Verdict> {
  const text = `select count(*)::int as jobs, count(*) filter (where locked_at < now() - $1 * interval '1 ms')::int as stale from batch.agenda_jobs`;
  const { rows } = await pool.query<{ jobs: number; stale: number }>(text, [STALE_LOCK_MS]);
  return judgeJobs('PostgreSQL', rows[0]?.jobs ?? 0, rows[0]?.stale ?? 0);
}

/** The same where Agenda keeps its jobs in MongoDB. @param url is never shown */
export async function judgeMongoJobs(url: string): Promise<Verdict> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: MONGO_PATIENCE_MS, appName: 'ibsafe-batch doctor' });
  try {
    const jobs = client.db().collection('agendaJobs');
    const stale = { lockedAt: { $lt: new Date(Date.now() - STALE_LOCK_MS) } };
    return judgeJobs('MongoDB', await jobs.countDocuments(), await jobs.countDocuments(stale));
  } catch (error) {
    const advice = 'Start MongoDB, or correct MONGODB_URL. Meanwhile slots and runs go on, some seconds later than they would.';
    return problem(`MongoDB does not answer within ${MONGO_PATIENCE_MS / 1_000} s (${codeOf(error)})`, advice);
  } finally {
    await client.close();
  }
}

function judgeJobs(store: string, jobs: number, stale: number): Verdict {
  const found = `${jobs} jobs in ${store}`;
  if (stale === 0) return ok(found);
  return warning(
    `${found}, ${stale} of them locked by a process that gives no sign`,
    'Agenda gives them to another process once one runs: start the service.',
  );
}

/** Hidden events that are counted: how many more there are changes nothing. */
const MOST_HIDDEN = 100_000;

// In the order of the index and up to a limit: without either PostgreSQL would read the whole log, not knowing how few they are.
const HIDDEN = `select count(*)::int as events, coalesce(extract(epoch from now() - min(recorded_at)), 0)::float8 as seconds from (
  select recorded_at from batch.event where xid >= (select batch.log_horizon()) order by xid, position limit ${MOST_HIDDEN}) hidden`;

// Transactions of the whole cluster count, whatever their database, and prepared ones for as long as they are prepared. Who they are is told by their
// locks, which everybody may see; since when, by pg_stat_activity, which shows an account without rights on it only transactions of its own.
const OPEN = `select coalesce('prepared transaction ' || p.gid,
      format('pid %s (%s in %s)', l.pid, coalesce(nullif(a.application_name, ''), 'unnamed'), a.datname)) as who,
    extract(epoch from now() - coalesce(p.prepared, a.xact_start))::float8 as seconds
  from pg_locks l left join pg_stat_activity a on a.pid = l.pid left join pg_prepared_xacts p on p.transaction = l.transactionid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted and l.pid is distinct from pg_backend_pid()
  order by age(l.transactionid) desc limit 1`;

/**
 * Whether followers see what is written: an open writing transaction anywhere in the cluster hides what comes after it.
 * @param openS s that a writing transaction may stay open before followers notice, and before somebody must act
 */
export async function judgeLag(pool: Pool, openS: Readonly<Record<'warning' | 'problem', number>>): Promise<Verdict> {
  const [hidden, open] = await Promise.all([
    pool.query<{ events: number; seconds: number }>(HIDDEN),
    pool.query<{ who: string; seconds: number | null }>(OPEN),
  ]);
  const hiddenS = hidden.rows[0]?.seconds ?? 0;
  const { events = 0 } = hidden.rows[0] ?? {};
  const lag = `${events}${events === MOST_HIDDEN ? ' or more' : ''} events wait to be seen, the oldest for ${hiddenS.toFixed(1)} s`;
  const oldest = open.rows[0];
  const seconds = oldest?.seconds ?? hiddenS; // of whom we may not know more: at least as long as what it hides
  if (oldest === undefined || seconds < openS.warning) return ok(lag);
  const found = `${lag}; ${oldest.who} has a writing transaction open for ${Math.round(seconds)} s`;
  const advice =
    'Progress stands still behind it. End it there, or by select pg_terminate_backend(pid) (rollback prepared for a prepared one), and set idle_in_transaction_session_timeout.';
  return seconds < openS.problem ? warning(found, advice) : problem(found, advice);
}

/** Whether somebody works, and no run waits for nobody. */
export async function judgeWork(pool: Pool): Promise<Verdict> {
  const [alive, stranded] = await Promise.all([new Workers(pool).alive(), new PostgresLaneStore(pool).stranded()]);
  const lanes = alive.reduce((sum, worker) => sum + worker.lanes, 0);
  const found = `${alive.length} processes with ${lanes} lanes give signs of life`;
  if (stranded.length > 0) {
    const waiting = `${found}; nobody is at run ${stranded.slice(0, 3).join(', ')}${stranded.length > 3 ? ` and ${stranded.length - 3} more` : ''}`;
    if (lanes === 0) return warning(waiting, `Start a worker: "${asTyped('start')}". It takes up what waits by itself.`);
    return warning(waiting, 'The sweep takes them up within seconds. If this stays, look at the log of the workers for what fails.');
  }
  return lanes > 0 ? ok(found) : warning(found, `Nothing runs until a worker does: "${asTyped('start')}".`);
}
