import type { Pool } from 'pg';
import { LOCK_LIFETIME_MS } from '../jobs/job-names.js';
import { codeOf } from '../base/error-code.js';
import { isNow } from '../store/database-time.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** A process that gave no sign for so long (ms) has lost its locks. */
const GONE_AFTER_MS = 2 * LOCK_LIFETIME_MS;
// The time of a lock is told by the clock of the process that took it, which may be minutes off. Signs of life are told by the database's, and judged by it.
const GIVES_SIGN = isNow('coalesce(w.stopped_at, w.seen_at)', GONE_AFTER_MS);
const MONGO_PATIENCE_MS = 3_000;

/** Whether Agenda's jobs can be read, and none is held by a process that died. */
export async function judgePostgresJobs(pool: Pool): Promise<CheckResult> {
  const text = `select count(*)::int as jobs, count(*) filter (where j.locked_at is not null and not exists (
    select from batch.worker w where w.worker_id::text = j.last_modified_by and ${GIVES_SIGN}))::int as stale from batch.agenda_jobs j`;
  try {
    await pool.query('update batch.agenda_jobs set name = name where false'); // a store that can only be read does not open
    const { rows } = await pool.query<{ jobs: number; stale: number }>(text);
    return judgeJobs('PostgreSQL', rows[0]?.jobs ?? 0, rows[0]?.stale ?? 0);
  } catch (error) {
    return warning(tell('JOB_TABLE_UNUSABLE', { code: codeOf(error) }), tell('OWN_JOB_TABLE'));
  }
}

/** The same where Agenda keeps its jobs in MongoDB. @param url is never shown */
export async function judgeMongoJobs(url: string, pool: Pick<Pool, 'query'>): Promise<CheckResult> {
  const { jobs, holders, failed } = await jobsInMongo(url).catch((error: unknown) => ({ jobs: 0, holders: [], failed: codeOf(error) }));
  if (failed !== undefined) return warning(tell('MONGODB_UNUSABLE', { code: failed }), tell('START_MONGODB'));
  const living = await livingProcesses(pool); // after the locks: who took one had signed in before
  return judgeJobs('MongoDB', jobs, holders.filter((holder) => !living.has(holder)).length);
}

interface JobsInMongo {
  readonly jobs: number;
  /** The process that holds each locked job. */
  readonly holders: readonly string[];
  readonly failed?: undefined;
}

async function jobsInMongo(url: string): Promise<JobsInMongo> {
  const { MongoClient } = await import('../database/mongo-client.js');
  // One that answers a greeting may keep back all else, as while its disk is being copied (`fsyncLock`).
  const patience = { serverSelectionTimeoutMS: MONGO_PATIENCE_MS, socketTimeoutMS: MONGO_PATIENCE_MS };
  const client = new MongoClient(url, { ...patience, appName: 'ibsafe-batch doctor' });
  try {
    const jobs = client.db().collection<{ _id: string; lockedAt: Date | null; lastModifiedBy: string | null; looked: Date }>('agendaJobs');
    // Changes nothing: it shows whether this account may write. Of a store that it can only read Agenda never opens.
    await jobs.updateOne({ _id: 'ibsafe-batch: doctor' }, { $set: { looked: new Date() } });
    const locked = await jobs.find({ lockedAt: { $ne: null } }, { projection: { lastModifiedBy: 1 } }).toArray();
    return { jobs: await jobs.countDocuments(), holders: locked.map(({ lastModifiedBy }) => String(lastModifiedBy)) };
  } finally {
    await client.close();
  }
}

async function livingProcesses(pool: Pick<Pool, 'query'>): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>(`select worker_id::text as id from batch.worker w where ${GIVES_SIGN}`);
  return new Set(rows.map(({ id }) => id));
}

function judgeJobs(store: string, jobs: number, stale: number): CheckResult {
  if (stale === 0) return ok(tell('JOBS_IN', { jobs, store }));
  return warning(tell('JOBS_STALE', { jobs, store, stale }), tell('JOBS_TAKEN_LATER'));
}
