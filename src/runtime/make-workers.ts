import type { Config } from '../config/config.js';
import { codeOf } from '../base/error-code.js';
import { Scheduler } from '../jobs/scheduler.js';
import { Worker } from '../jobs/worker-jobs.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';
import type { Metrics } from './metrics/metrics.js';

/** What takes up the jobs of plans and lanes. */
export function makeWorker(config: Config, core: Core, logger: Logger, metrics: Metrics): Worker {
  const onFailure = (job: string, runId: string, error: unknown): void => {
    metrics.jobFailures.inc({ job });
    logger.error({ job, runId, code: codeOf(error), error: describeError(error) }, 'a job failed; the sweep tries again');
  };
  return new Worker(core.deps, core.jobs, { lanes: config.WORKER_LANES, sweepMs: config.BATCH_SWEEP_MS, onFailure });
}

/** What wakes the service for due slots. */
export function makeScheduler(config: Config, core: Core, logger: Logger, metrics: Metrics): Scheduler {
  const untilHour = config.BATCH_LATE_DATA_UNTIL;
  return new Scheduler(core.deps, core.jobs, {
    syncMs: config.BATCH_SYNC_MS,
    watchMs: 1_000,
    patienceMs: 2_000,
    lateData: untilHour === undefined ? undefined : { untilHour, everyMs: config.BATCH_LATE_DATA_EVERY_MS },
    subscribe: (listener) => core.wakeUps.subscribe(listener),
    onWatchdogWake: (scheduleId) => {
      metrics.watchdogWakes.inc();
      logger.warn({ scheduleId }, 'a slot was due and no job told of it; the watchdog did');
    },
    onReopened: (scheduleId) =>
      logger.warn(
        { scheduleId },
        "the database's clock was ahead and is back: what was recorded of slots that are still to come does not count, and each comes due again at its time",
      ),
    onFailure: (what, error) => {
      metrics.jobFailures.inc({ job: what });
      logger.error({ job: what, code: codeOf(error), error: describeError(error) }, 'the scheduler failed at something; it tries again');
    },
  });
}
