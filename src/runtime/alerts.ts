import { configuredChannels, wordingOf } from '../alerts/alert-settings.js';
import { AlertWatch, ConditionWatch, type ConditionLook } from '../alerts/alert-watch.js';
import type { Channel } from '../alerts/channels/channel.js';
import { AlertFollower } from '../alerts/follower.js';
import { AlertSender } from '../alerts/sender.js';
import type { Config } from '../config/config.js';
import { FIRST_WAIT_MS } from '../domain/alert/delivery-waits.js';
import { codeOf } from '../base/error-code.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';

/** Raises and sends alerts. Without a channel they are recorded, and nothing is contacted. */
export function makeAlertWatch(config: Config, core: Core, logger: Logger): AlertWatch {
  const channels = configuredChannels(config);
  const follower = new AlertFollower(core.pool, {
    channels: channels.map(({ name }) => name),
    failuresPercent: config.ALERT_FAILURES_PERCENT,
    readyPercent: config.ALERT_READY_PERCENT,
    settleMs: config.ALERT_PATIENCE_MS,
  });
  const senderTo = (to: Channel): AlertSender =>
    new AlertSender(core.pool, {
      channel: to,
      wording: wordingOf(config),
      timeoutMs: config.ALERT_TIMEOUT_MS,
      firstWaitMs: Math.min(FIRST_WAIT_MS, config.ALERT_PATIENCE_MS),
      onTry: ({ id, channel, tries }, { ok, code, ...more }) => {
        if (ok && 'partly' in more)
          logger.warn({ delivery: id, channel, code }, 'an alert was sent, and not to every receiver: some were refused');
        else if (ok) logger.info({ delivery: id, channel, code }, 'an alert was sent');
        else logger.warn({ delivery: id, channel, tries, code }, 'an alert could not be sent; it is tried again');
      },
    });
  return new AlertWatch({
    follower,
    conditions: new ConditionWatch(conditionsOf(core), config.ALERT_PATIENCE_MS),
    senders: channels.map(senderTo),
    everyMs: config.BATCH_SWEEP_MS,
    onFailure: (what, error) => logger.error({ job: what, code: codeOf(error), error: describeError(error) }, 'raising or sending alerts failed; it is tried again'), // prettier-ignore
  });
}

function conditionsOf({ jobs, lag, workers }: Core): ConditionLook {
  return async () => {
    const [queued, problem] = await Promise.all([jobs.queueSize(), workers.modelProblem().catch(() => undefined)]);
    return {
      JOB_STORE_AWAY: queued === null,
      LOG_LAGGING: lag.lag?.alarm,
      MODEL_UNREADABLE: problem === undefined ? undefined : problem !== null,
    };
  };
}
