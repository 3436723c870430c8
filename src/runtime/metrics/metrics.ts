import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Config } from '../../config/config.js';
import { VERSION } from '../../base/version.js';
import type { Core } from '../core.js';
import { sharedAnswer } from '../shared-answer.js';
import { databaseMetrics } from './database-metrics.js';
import { countGenerations } from './generation-metrics.js';
import { showPaceIn } from './pace-metrics.js';

/** What `/metrics` shows. Labels are codes and names of ours, never of a user. */
export interface Metrics {
  readonly errors: Counter;
  readonly jobFailures: Counter<'job'>;
  readonly watchdogWakes: Counter;
  /** Never rejects: without the database it tells what the process knows by itself, and that the database is away. */
  text(): Promise<string>;
  stop(): void;
}

/** What a process is, and the shares from which a night is good. */
export interface MetricsOptions {
  readonly role: string;
  readonly config: Pick<Config, 'ALERT_FAILURES_PERCENT' | 'ALERT_READY_PERCENT'>;
}

/** ms for which a scrape waits for the database and the job store: Prometheus gives up after ten seconds. */
const PATIENCE_MS = 3_000;

/** Counts and gauges of this process; figures of the database are read when a client asks, at most once a second. */
export function startMetrics(core: Core, { role, config }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const errors = new Counter({ name: 'ibsafe_batch_errors_total', help: 'Unexpected errors of requests.', registers: [registry] });
  const jobFailures = new Counter({
    name: 'ibsafe_batch_job_failures_total',
    help: 'Jobs that failed.',
    labelNames: ['job'],
    registers: [registry],
  });
  const watchdogWakes = new Counter({
    name: 'ibsafe_batch_watchdog_rings_total',
    help: 'Slots that were due and of which no job told.',
    registers: [registry],
  });
  countGenerations(registry, core.meter);
  const showReads = countReads(registry, core);
  showPaceIn(registry, core.deps.room.pace);
  const gauge: MakeGauge = (name, help) => new Gauge({ name: `ibsafe_batch_${name}`, help, registers: [registry] });
  const info = { name: 'ibsafe_batch_info', help: 'Always 1: what this process is.', labelNames: ['role', 'version'] as const };
  new Gauge({ ...info, registers: [registry] }).set({ role, version: VERSION }, 1);
  const showConnections = connectionGauges(core, gauge);
  const showJobs = jobGauges(core, gauge);
  const databaseUp = gauge('database_up', '1 where the database answered this scrape in time, else 0: then its figures are absent.');
  const good = { failuresPercent: config.ALERT_FAILURES_PERCENT, readyPercent: config.ALERT_READY_PERCENT };
  // What is not waited for any more goes on, and is not begun again beside itself.
  const askDatabase = sharedAnswer(() => databaseMetrics(core, good));
  const askJobs = sharedAnswer(() => core.jobs.queueSize());
  const text = async (): Promise<string> => {
    const [found, queued] = await Promise.all([inTime(askDatabase()), inTime(askJobs())]);
    databaseUp.set(found === undefined ? 0 : 1);
    showJobs(queued ?? undefined);
    showConnections();
    showReads();
    return `${await registry.metrics()}\n${found ?? ''}`;
  };
  return { errors, jobFailures, watchdogWakes, text, stop: () => registry.clear() };
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
  return Promise.race([work.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

type MakeGauge = (name: string, help: string) => Gauge;

/** What this process knows of the job store. @returns how to bring it up to date: undefined where it does not answer */
function jobGauges(core: Core, gauge: MakeGauge): (queued: number | undefined) => void {
  const up = gauge('job_store_up', "1 where Agenda's store answers this process, else 0.");
  const waiting = gauge('jobs_queued', 'Jobs that wait or run; absent while the store does not answer.');
  return (queued) => {
    up.set(queued === undefined ? 0 : 1);
    if (queued === undefined) waiting.remove();
    else waiting.set(queued);
  };
}

/** What this process knows of its connections. @returns how to bring it up to date */
function connectionGauges({ wakeUps, pool }: Core, gauge: MakeGauge): () => void {
  const listening = gauge('listening', '1 while notifications reach this process; 0 while its followers only poll.');
  const losses = gauge('listen_losses', 'How often the listening connection of this process was lost since it started.');
  const followers = gauge(
    'followers',
    'Readers of the log in this process: subscriptions, one per followed run and one for the changes of all, and the scheduler.',
  );
  const inUse = gauge('pool_connections_in_use', 'Connections of the pool of this process that are in use.');
  const waiting = gauge('pool_waiting', 'Callers of this process that wait for a connection of its pool.');
  return () => {
    listening.set(wakeUps.listening ? 1 : 0);
    losses.set(wakeUps.losses);
    followers.set(wakeUps.followers);
    inUse.set(pool.totalCount - pool.idleCount);
    waiting.set(pool.waitingCount);
  };
}

/** How the audit of reads fares. @returns how to bring it up to date */
function countReads(registry: Registry, { reads }: Core): () => void {
  const counter = (name: string, help: string): Counter =>
    new Counter({ name: `ibsafe_batch_person_reads_${name}`, help, registers: [registry] });
  const recorded = counter('recorded_total', "Reads of persons' data that this process recorded.");
  const lost = counter(
    'lost_total',
    "Reads of persons' data that were answered and found no room to wait for the database: these are missing.",
  );
  const failures = counter('failures_total', 'Tries to record reads that the database refused. They are tried again.');
  const help = "Reads of persons' data that wait to be recorded.";
  const waiting = new Gauge({ name: 'ibsafe_batch_person_reads_waiting', help, registers: [registry] });
  const before = { recorded: 0, lost: 0, failures: 0 };
  return () => {
    const now = reads.state;
    recorded.inc(now.recorded - before.recorded);
    lost.inc(now.lost - before.lost);
    failures.inc(now.failures - before.failures);
    Object.assign(before, { recorded: now.recorded, lost: now.lost, failures: now.failures });
    waiting.set(now.waiting);
  };
}
