import type pg from 'pg';
import { codeOf } from '../base/error-code.js';
import { Repeating } from '../base/repeating.js';
import { letGoOfErased } from '../reads/read-retention.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import { letGoOfKeys } from '../store/idempotency-keys.js';
import { letGoOfWorkers } from '../store/workers.js';
import { FAREWELL_MS } from './connections.js';

/** ms between two sweeps. */
const EVERY_MS = 3_600_000;

/** Lets go of idempotency keys that no client asks with any more, of entries of processes that ended long ago, and of marks of persons who were erased days ago, at the start and again each hour. Several processes may sweep; each finds what is left. */
export function makeKeySweep(pool: Pick<pg.Pool, 'query'>, logger: Logger): Repeating {
  return new Repeating({
    work: async () => {
      const keys = await letGoOfKeys(pool);
      if (keys > 0) logger.info({ keys }, 'idempotency keys that were taken long ago were let go');
      const workers = await letGoOfWorkers(pool);
      if (workers > 0) logger.info({ workers }, 'entries of processes that ended long ago were let go');
      const marks = await letGoOfErased(pool);
      if (marks > 0) logger.info({ marks }, 'marks of persons who were erased days ago were let go');
    },
    everyMs: EVERY_MS,
    farewellMs: FAREWELL_MS,
    onFailure: (error) => logger.error({ job: 'keys', code: codeOf(error), error: describeError(error) }, 'letting old idempotency keys, entries of processes and marks go failed; it is tried again in an hour'), // prettier-ignore
  });
}
