import { setTimeout as delay } from 'node:timers/promises';
import { switchState } from '../alerts/dead-man-switch.js';
import { asTyped } from '../base/as-typed.js';
import { lagProblem, type Lag } from '../eventlog/lag-watch.js';
import type { Config } from '../config/config.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import type { Core } from './core.js';
import { codeOf } from '../base/error-code.js';
import { isBlocking } from './health.js';
import type { Readiness, ReadinessCheck } from '../server/http/options.js';

/** A store that takes longer than this (ms) counts as not answering. */
const PATIENCE_MS = 2_000;

/**
 * Whether requests can be served and a run would work: the database answers, over a connection of the pool, and what the doctor calls a problem of rights,
 * tables or server is none. Job store, notifications and the lag of the log are told of but not needed: watchdog, sweep and polling stand in, and a lag
 * ends by itself or by an operator's hand, not by sending callers elsewhere.
 */
export async function readinessOf(core: Core, config: Config): Promise<Readiness> {
  const [database, queued, model, deadMan] = await Promise.all([
    databaseOf(core),
    core.jobs.queueSize(),
    modelOf(core, llmSettings(config) !== undefined),
    deadManOf(core),
  ]);
  const requirements = database.ok ? await requirementsOf(core) : { ok: true, looked: false };
  // Without the job store slots still fire and runs still end, so it does not make the service unready.
  const jobStore =
    queued === null ? { ok: true, answering: false, problem: 'the job store does not answer' } : { ok: true, answering: true };
  const notifications = { ok: true, listening: core.wakeUps.listening };
  const checks = {
    database,
    jobStore,
    notifications,
    log: logOf(core.lag.lag),
    model,
    deadMansSwitch: deadMan,
    reads: readsOf(core),
    requirements,
  };
  return { ready: database.ok && requirements.ok, checks };
}

async function databaseOf({ pool }: Core): Promise<ReadinessCheck> {
  const exhausted = isExhausted(pool); // before the question below joins those who wait
  const answer = await check(pool.query('select 1'), 'the database does not answer');
  if (answer.ok || !exhausted) return answer;
  const { totalCount: connections, waitingCount: waiting } = pool;
  return { ...answer, problem: `every connection of the pool is in use, and ${waiting} wait for one`, connections, waiting };
}

/** Whether a caller has to wait now until another gives a connection back. */
function isExhausted({ totalCount, idleCount, options: { max } }: Core['pool']): boolean {
  return idleCount === 0 && totalCount >= max;
}

/** What the doctor says of the database, by name alone: callers here are not identified. */
async function requirementsOf({ health }: Core): Promise<ReadinessCheck> {
  const late = delay(PATIENCE_MS, undefined, { ref: false });
  const findings = await Promise.race([health.look(), late]).catch(() => undefined);
  if (findings === undefined) return { ok: true, looked: false };
  const amiss = findings.filter(({ status }) => status !== 'ok');
  const named = amiss.map((finding) => ({ check: finding.check, status: finding.status }));
  return {
    ok: !amiss.some(isBlocking),
    looked: true,
    findings: named,
    ...(amiss.length > 0 && { problem: `"${asTyped('doctor')}" says what to do` }),
  };
}

/**
 * What workers met of the model in their runs. Nothing is asked of it here, so that it answers is never said: `answering` is false while a worker tells of
 * trouble, and null otherwise, with a note. Runs wait for an endpoint that is away, or the rules stand in: neither is mended by sending callers elsewhere.
 */
async function modelOf({ workers }: Core, isConfigured: boolean): Promise<ReadinessCheck> {
  const late = delay(PATIENCE_MS, undefined, { ref: false });
  const problem = await Promise.race([workers.modelProblem(), late]).catch(() => undefined); // the database has a check of its own
  const known = { ok: true, configured: isConfigured, answering: problem == null ? null : false };
  if (problem === undefined) return { ...known, note: 'not known: the database did not say what workers met' };
  if (problem !== null) return { ...known, problem };
  if (!isConfigured) return { ...known, note: 'no model is configured for this process, and no worker tells of trouble with one' };
  return { ...known, note: `not asked: no worker tells of trouble with it. "${asTyped('doctor')}" asks it` };
}

/** Requests are answered all the same: who reads what waits, and what is lost is told. */
function readsOf({ reads }: Core): ReadinessCheck {
  const { waiting, lost, failing, waitingSince } = reads.state;
  const away = failing ? "who reads persons' data cannot be recorded now; it waits in this process" : undefined;
  const missing = lost > 0 ? `${lost} reads of persons' data went unrecorded since this process started` : undefined;
  const problem = [missing, away].filter((each) => each !== undefined).join('; ');
  return { ok: true, waiting, lost, ...(failing && { waitingSince }), ...(problem !== '' && { problem }) };
}

/** What the dead man's switch was last told, and what keeps it from being told now. A night that is not well is not mended by sending callers elsewhere. */
async function deadManOf({ pool }: Core): Promise<ReadinessCheck> {
  const asked = switchState(pool).catch(() => undefined);
  const state = await Promise.race([asked, delay(PATIENCE_MS, undefined, { ref: false })]);
  return { ok: true, lastPing: state?.pingedAt ?? null, failing: state?.signs ?? [], lastCode: state?.lastCode ?? null };
}

function logOf(lag: Lag | undefined): ReadinessCheck {
  if (lag === undefined) return { ok: true, hiddenMs: null, heldMs: null, alarm: null, note: 'not known: the last look at the log failed' };
  return { ok: true, ...lag, ...(lag.alarm && { problem: lagProblem(lag).text }) };
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
