import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Core } from './core.js';
import { countGenerations } from './generation-metrics.js';
import { sharedAnswer } from './shared-answer.js';

/** What `/metrics` shows. Labels are codes and names of ours, never of a user. */
export interface Metrics {
  readonly errors: Counter;
  readonly jobFailures: Counter<'job'>;
  readonly watchdogRings: Counter;
  text(): Promise<string>;
  stop(): void;
}

/** Counts and gauges of this process; figures of the database are read when a client asks, at most once a second. */
export function startMetrics(core: Core): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const errors = new Counter({ name: 'ibsafe_batch_errors_total', help: 'Unexpected errors of requests.', registers: [registry] });
  const jobFailures = new Counter({
    name: 'ibsafe_batch_job_failures_total',
    help: 'Jobs that failed.',
    labelNames: ['job'],
    registers: [registry],
  });
  const watchdogRings = new Counter({
    name: 'ibsafe_batch_watchdog_rings_total',
    help: 'Slots that were due and of which no job told.',
    registers: [registry],
  });
  countGenerations(registry, core.meter);
  const showReads = countReads(registry, core);
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `ibsafe_batch_${name}`, help, registers: [registry] });
  const active = gauge('active_runs', 'Runs that have not ended.');
  const openChunks = gauge('open_chunks', 'Chunks of active runs that are not done.');
  const showLag = lagGauges(core, gauge);
  const showConnections = connectionGauges(core, gauge);
  const askDatabase = sharedAnswer(async () => {
    const { rows } = await core.pool.query<{ active: number; open: number }>(FIGURES);
    active.set(rows[0]?.active ?? 0);
    openChunks.set(rows[0]?.open ?? 0);
    await showLag();
  });
  const text = async (): Promise<string> => {
    await askDatabase();
    showConnections();
    showReads();
    return registry.metrics();
  };
  return { errors, jobFailures, watchdogRings, text, stop: () => registry.clear() };
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

type MakeGauge = (name: string, help: string) => Gauge;

/** What is measured of the log's readers. @returns how to bring it up to date */
function lagGauges({ lag }: Core, gauge: MakeGauge): () => Promise<void> {
  const hidden = gauge('log_lag_seconds', 'Age of the oldest event that followers cannot see yet.');
  const held = gauge('log_held_seconds', 'How long the oldest open writing transaction of the cluster has kept followers where they are.');
  const alarm = gauge('log_lag_alarm', '1 while either of these two is above BATCH_LAG_ALARM_MS.');
  return async () => {
    const found = await lag.look();
    hidden.set(found.hiddenMs / 1_000);
    held.set(found.heldMs / 1_000);
    alarm.set(found.alarm ? 1 : 0);
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

const FIGURES = `select (select count(*)::int from batch.run_view where ended_at is null) as active,
  (select count(*)::int from batch.chunk_work where not done) as open`;
