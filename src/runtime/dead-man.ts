import { DeadManSwitch } from '../alerts/dead-man-switch.js';
import type { Config } from '../config.js';
import { codeOf } from '../error-code.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';
import { nightSigns } from './night-signs.js';

/** The dead man's switch of a process that schedules; undefined where none is set. */
export function makeDeadManSwitch(config: Config, core: Core, logger: Logger): DeadManSwitch | undefined {
  const { ALERT_DEAD_MAN_URL: url, ALERT_DEAD_MAN_MS: everyMs, ALERT_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return undefined;
  return new DeadManSwitch(core.pool, {
    url,
    everyMs,
    timeoutMs,
    signs: () => nightSigns(core, config),
    onChange: ({ signs, code, ok }) => {
      if (ok) logger.info({ code }, "the dead man's switch was told that the night is well");
      else if (signs.length > 0) logger.warn({ signs }, "the night is not well: the dead man's switch is told nothing");
      else logger.warn({ code }, "the dead man's switch could not be told; it is tried again");
    },
    onFailure: (error) =>
      logger.warn(
        { code: codeOf(error), error: describeError(error) },
        "the night could not be looked at: the dead man's switch is told nothing",
      ),
  });
}
