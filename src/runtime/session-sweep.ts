import type { Config } from '../config/config.js';
import { codeOf } from '../base/error-code.js';
import { SessionStore } from '../identity/sessions/session-store.js';
import { Repeating } from '../base/repeating.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import { sessionLimits } from './authentication.js';
import { FAREWELL_MS } from './connections.js';
import type { Core } from './core.js';

const DAY_MS = 86_400_000;
/** ms between two sweeps. */
const EVERY_MS = 3_600_000;

/**
 * Lets go of sessions that ended SESSION_KEEP_DAYS ago, at the start and again each hour. Also where signing in is switched off: what was kept goes all the same.
 * Several processes may sweep; each finds what is left.
 */
export function makeSessionSweep(config: Config, { pool }: Core, logger: Logger): Repeating {
  const store = new SessionStore(pool, sessionLimits(config));
  return new Repeating({
    work: async () => {
      const sessions = await store.forgetEnded(new Date(Date.now() - config.SESSION_KEEP_DAYS * DAY_MS));
      if (sessions > 0) logger.info({ sessions }, 'sessions that ended long ago were let go');
    },
    everyMs: EVERY_MS,
    farewellMs: FAREWELL_MS,
    onFailure: (error) => logger.error({ job: 'sessions', code: codeOf(error), error: describeError(error) }, 'letting old sessions go failed; it is tried again in an hour'), // prettier-ignore
  });
}
