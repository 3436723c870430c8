import type { Config } from '../config.js';
import { codeOf } from '../error-code.js';
import { SessionStore } from '../identity/sessions/session-store.js';
import { SessionSweep } from '../identity/sessions/session-sweep.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import { sessionLimits } from './authentication.js';
import type { Core } from './core.js';

const DAY_MS = 86_400_000;

/** Lets go of sessions that ended SESSION_KEEP_DAYS ago. Also where signing in is switched off: what was kept goes all the same. */
export function makeSessionSweep(config: Config, { pool }: Core, logger: Logger): SessionSweep {
  return new SessionSweep({
    store: new SessionStore(pool, sessionLimits(config)),
    keptMs: config.SESSION_KEEP_DAYS * DAY_MS,
    clock: Date.now,
    onForgotten: (sessions) => logger.info({ sessions }, 'sessions that ended long ago were let go'),
    onFailure: (error) => logger.error({ job: 'sessions', code: codeOf(error), error: describeError(error) }, 'letting old sessions go failed; it is tried again in an hour'), // prettier-ignore
  });
}
