import type { Config } from '../config/config.js';
import { codeOf } from '../base/error-code.js';
import { whyHeld } from '../lifecycle/retention/refusal-words.js';
import { nightlyRetention } from '../lifecycle/retention/retention-settings.js';
import type { RetentionReport } from '../lifecycle/retention/run-retention.js';
import { Repeating } from '../base/repeating.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';
import type { Metrics } from './metrics/metrics.js';
import { OWN_ACTORS } from '../domain/own-actors.js';

/** The actor of nightly retention in the log. */
const ACTOR = OWN_ACTORS.retention;

/**
 * Lets old months go by itself; any number of processes may: one at a time does it, and what one of them did is done for all. When it is stopped, a month that is on its
 * way goes, within the grace time; the next process begins with it anew. Undefined where that is not configured. @throws ConfigError where there is no folder for archives
 */
export function makeRetentionWatch(
  config: Config,
  { retention }: Core,
  logger: Logger,
  metrics: Pick<Metrics, 'jobFailures'>,
): Repeating | undefined {
  const wanted = nightlyRetention(config);
  if (wanted === undefined) return undefined;
  return new Repeating({
    work: async () => {
      const report = await retention.run(wanted.keep, { actor: ACTOR, waitMs: 1 });
      if (report.status === 'DONE') tell(logger, report);
    },
    everyMs: config.RETENTION_EVERY_MS,
    onFailure: (error) => {
      metrics.jobFailures.inc({ job: 'retention' });
      logger.error(
        { job: 'retention', code: codeOf(error), error: describeError(error) },
        'letting old months go failed; it is tried again',
      );
    },
  });
}

function tell(logger: Logger, { letGo, held }: RetentionReport): void {
  for (const { month, told } of letGo) logger.info({ month, events: told.events, file: told.file }, 'a month was archived and let go');
  for (const { month, held: by } of held) logger.warn({ month, code: by.code }, whyHeld(month, by).text);
}
