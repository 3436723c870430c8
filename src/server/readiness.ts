import type { Core } from './core.js';
import { codeOf } from './error-code.js';
import type { Readiness, ReadinessCheck } from './http/options.js';

/** A store that takes longer than this (ms) counts as not answering. */
const PATIENCE_MS = 2_000;

/** Whether requests can be served: the database answers. Job store and notifications are told of but not needed: watchdog, sweep and polling stand in. */
export async function readinessOf(core: Core): Promise<Readiness> {
  const [database, queued] = await Promise.all([
    check(core.pool.query('select 1'), 'the database does not answer, or every connection of the pool is in use'),
    core.jobs.queueSize(),
  ]);
  // Without the job store slots still fire and runs still end, so it does not make the service unready.
  const jobStore =
    queued === null ? { ok: true, answering: false, problem: 'the job store does not answer' } : { ok: true, answering: true };
  const checks = { database, jobStore, notifications: { ok: true, listening: core.wakeUps.listening } };
  return { ready: database.ok, checks };
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
