import type { Pool } from 'pg';
import { LOCK_LIFETIME_MS } from '../jobs/job-names.js';
import { codeOf } from '../base/error-code.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** A lock this old (ms) belongs to a process that is gone: living ones sign every third of its lifetime. */
const STALE_LOCK_MS = 2 * LOCK_LIFETIME_MS;
const MONGO_PATIENCE_MS = 3_000;

/** Whether Agenda's jobs can be read, and none is held by a process that died. */
export async function judgePostgresJobs(pool: Pool): Promise<CheckResult> {
  const text = `select count(*)::int as jobs, count(*) filter (where locked_at < now() - $1 * interval '1 ms')::int as stale from batch.agenda_jobs`;
  try {
    await pool.query('update batch.agenda_jobs set name = name where false'); // a store that can only be read does not open
    const { rows } = await pool.query<{ jobs: number; stale: number }>(text, [STALE_LOCK_MS]);
    return judgeJobs('PostgreSQL', rows[0]?.jobs ?? 0, rows[0]?.stale ?? 0);
  } catch (error) {
    return warning(tell('JOB_TABLE_UNUSABLE', { code: codeOf(error) }), tell('OWN_JOB_TABLE'));
  }
}

/** The same where Agenda keeps its jobs in MongoDB. @param url is never shown */
export async function judgeMongoJobs(url: string): Promise<CheckResult> {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: MONGO_PATIENCE_MS, appName: 'ibsafe-batch doctor' });
  try {
    const jobs = client.db().collection<{ _id: string; lockedAt: Date; looked: Date }>('agendaJobs');
    // Changes nothing: it shows whether this account may write. Of a store that it can only read Agenda never opens.
    await jobs.updateOne({ _id: 'ibsafe-batch: doctor' }, { $set: { looked: new Date() } });
    const stale = { lockedAt: { $lt: new Date(Date.now() - STALE_LOCK_MS) } };
    return judgeJobs('MongoDB', await jobs.countDocuments(), await jobs.countDocuments(stale));
  } catch (error) {
    return warning(tell('MONGODB_UNUSABLE', { code: codeOf(error) }), tell('START_MONGODB'));
  } finally {
    await client.close();
  }
}

function judgeJobs(store: string, jobs: number, stale: number): CheckResult {
  if (stale === 0) return ok(tell('JOBS_IN', { jobs, store }));
  return warning(tell('JOBS_STALE', { jobs, store, stale }), tell('JOBS_TAKEN_LATER'));
}
