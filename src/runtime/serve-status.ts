import type { Config } from '../config.js';
import type { Logger } from '../server/http/options.js';
import { createStatusServer, type StatusServer } from '../server/http/status-server.js';
import type { Core } from './core.js';
import type { Metrics } from './metrics/metrics.js';
import { owedNightsOf } from './owed-nights.js';
import { readinessOf } from './readiness.js';
import { sharedAnswer } from './shared-answer.js';

/** Answers who watches this process, whatever its role, on a port of its own; undefined where none is set. @throws when the address cannot be had */
export async function serveStatus(
  { METRICS_PORT: port, METRICS_HOST: host, ALERT_READY_PERCENT: readyPercent }: Config,
  { core, logger, metrics }: { readonly core: Core; readonly logger: Logger; readonly metrics: Metrics },
): Promise<StatusServer | undefined> {
  if (port === undefined) return undefined;
  const readiness = sharedAnswer(() => readinessOf(core));
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
