import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Core } from './core.js';
import { countGenerations } from './generation-metrics.js';

/** What `/metrics` shows. Labels are codes and names of ours, never of a user. */
export interface Metrics {
  readonly errors: Counter;
  readonly jobFailures: Counter<'job'>;
  readonly watchdogRings: Counter;
  text(): Promise<string>;
  stop(): void;
}

/** Counts and gauges of this process; figures of the database are read when somebody asks. */
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
    help: 'Slots that were due and nobody had rung for.',
    registers: [registry],
  });
  countGenerations(registry, core.meter);
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `ibsafe_batch_${name}`, help, registers: [registry] });
  const active = gauge('active_runs', 'Runs that have not ended.');
  const openChunks = gauge('open_chunks', 'Chunks of active runs that are not done.');
  const lag = gauge('log_lag_seconds', 'Age of the oldest event that followers cannot see yet.');
  const text = async (): Promise<string> => {
    const { rows } = await core.pool.query<{ active: number; open: number; lag: number }>(FIGURES);
    active.set(rows[0]?.active ?? 0);
    openChunks.set(rows[0]?.open ?? 0);
    lag.set(rows[0]?.lag ?? 0);
    return registry.metrics();
  };
  return { errors, jobFailures, watchdogRings, text, stop: () => registry.clear() };
}

const FIGURES = `select (select count(*)::int from batch.run_view where ended_at is null) as active,
  (select count(*)::int from batch.chunk_work where not done) as open,
  (select coalesce(max(extract(epoch from now() - e.recorded_at)), 0)::float8 from batch.event e
    where e.xid >= pg_snapshot_xmin(pg_current_snapshot())) as lag`;
