import type { Core } from './core.js';
import { codeOf } from './core.js';
import type { Readiness, ReadinessCheck } from './http/options.js';

/** A store that takes longer than this (ms) counts as not answering. */
const PATIENCE_MS = 2_000;

/** Whether requests can be served: the database and the job store answer. Notifications are told of but not needed, because followers also poll. */
export async function readinessOf(core: Core): Promise<Readiness> {
  const [database, jobStore] = await Promise.all([
    check(core.pool.query('select 1'), 'the database does not answer, or every connection of the pool is in use'),
    check(core.agenda.db.getQueueSize(), 'the job store does not answer'),
  ]);
  const checks = { database, jobStore, notifications: { ok: true, listening: core.wakeUps.listening } };
  return { ready: database.ok && jobStore.ok, checks };
}

async function check(question: Promise<unknown>, problem: string): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('timeout')), PATIENCE_MS)));
  question.catch(() => undefined); // may fail long after it was given up
  try {
    await Promise.race([question, late]);
    return { ok: true };
  } catch (error) {
    return { ok: false, problem, code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}
