import type pg from 'pg';
import type { Config } from '../config/config.js';
import type { Logger, OwedAnswer } from '../server/http/options.js';
import { createStatusServer, type StatusServer } from '../server/http/status-server.js';
import type { Core } from './core.js';
import type { Metrics } from './metrics/metrics.js';
import { readinessOf } from './readiness.js';
import { sharedAnswer } from './shared-answer.js';
import { isNotReady } from '../domain/alert/alerts-of-event.js';
import { owedNight } from '../domain/schedule/owed-night.js';
import { CoverageQueries } from '../projections/queries/coverage-queries.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';

/** Answers the monitoring of this process, whatever its role, on a port of its own; undefined where none is set. @throws when the address cannot be had */
export async function serveStatus(
  config: Config,
  { core, logger, metrics }: { readonly core: Core; readonly logger: Logger; readonly metrics: Metrics },
): Promise<StatusServer | undefined> {
  const { METRICS_PORT: port, METRICS_HOST: host, ALERT_READY_PERCENT: readyPercent } = config;
  if (port === undefined) return undefined;
  const readiness = sharedAnswer(() => readinessOf(core, config));
  const owedNights = sharedAnswer(() => owedNightsOf(core.pool, readyPercent));
  return createStatusServer({
    port,
    host,
    readiness,
    owedNights,
    metrics: () => metrics.text(),
    logger,
    onError: () => metrics.errors.inc(),
  });
}

/**
 * Whether the advice that was to be there by a time of today is there now: of each active schedule with such a time. Advice that came late counts: what
 * was late is told by alerts. @throws when the database does not answer
 */
export async function owedNightsOf(pool: pg.Pool, readyPercent: number): Promise<OwedAnswer> {
  const coverage = new CoverageQueries(pool);
  const [schedules, now] = await Promise.all([new PostgresScheduleStore(pool).all(), coverage.now()]);
  const owed = schedules.flatMap((schedule) => owedNight(schedule, now) ?? []);
  const found = owed.length === 0 ? [] : await coverage.ofNights(owed);
  const shown = owed.map(({ name, program, recordDate, readyBy }) => {
    const ofIt = found.filter((each) => each.program === program && each.recordDate === recordDate);
    return { schedule: name, readyBy: readyBy.toISOString(), ready: ofIt.some((each) => !isNotReady(each, readyPercent, true)) };
  });
  return {
    ready: shown.every(({ ready }) => ready),
    failing: shown.filter(({ ready }) => !ready).map(({ schedule }) => schedule),
    schedules: shown,
  };
}
