import { setTimeout as delay } from 'node:timers/promises';
import { lagProblem, type Lag } from '../eventlog/lag-watch.js';
import type { Core } from './core.js';
import { codeOf } from './error-code.js';
import type { Readiness, ReadinessCheck } from './http/options.js';

/** A store that takes longer than this (ms) counts as not answering. */
const PATIENCE_MS = 2_000;

/**
 * Whether requests can be served: the database answers, over a connection of the pool. Job store, notifications and the lag of the log are told of but
 * not needed: watchdog, sweep and polling stand in, and a lag ends by itself or by an operator's hand, not by sending callers elsewhere.
 */
export async function readinessOf(core: Core): Promise<Readiness> {
  const [database, queued, model] = await Promise.all([databaseOf(core), core.jobs.queueSize(), modelOf(core)]);
  // Without the job store slots still fire and runs still end, so it does not make the service unready.
  const jobStore =
    queued === null ? { ok: true, answering: false, problem: 'the job store does not answer' } : { ok: true, answering: true };
  const notifications = { ok: true, listening: core.wakeUps.listening };
  const checks = { database, jobStore, notifications, log: logOf(core.lag.lag), model };
  return { ready: database.ok, checks };
}

async function databaseOf({ pool }: Core): Promise<ReadinessCheck> {
  const exhausted = isExhausted(pool); // before the question below joins those who wait
  const answer = await check(pool.query('select 1'), 'the database does not answer');
  if (answer.ok || !exhausted) return answer;
  const { totalCount: connections, waitingCount: waiting } = pool;
  return { ...answer, problem: `every connection of the pool is in use, and ${waiting} wait for one`, connections, waiting };
}

/** Whether whoever asks now has to wait until another gives a connection back. */
function isExhausted({ totalCount, idleCount, options: { max } }: Core['pool']): boolean {
  return idleCount === 0 && totalCount >= max;
}

/** Runs wait for an endpoint that is away, or the rules stand in: neither is mended by sending callers elsewhere. */
async function modelOf({ workers }: Core): Promise<ReadinessCheck> {
  const asked = workers.modelProblem().catch(() => null); // what is wrong with the database is told by its own check
  const problem = await Promise.race([asked, delay(PATIENCE_MS, null, { ref: false })]);
  return { ok: true, answering: problem === null, ...(problem !== null && { problem }) };
}

function logOf(lag: Lag): ReadinessCheck {
  return { ok: true, ...lag, ...(lag.alarm && { problem: lagProblem(lag) }) };
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
