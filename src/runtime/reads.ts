import type pg from 'pg';
import type { Config } from '../config.js';
import { codeOf } from '../error-code.js';
import { ReadJournal } from '../reads/read-journal.js';
import { ReadRetention } from '../reads/read-retention.js';
import { insertReads } from '../reads/read-rows.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';

/** The journal of a process, which tells the service log of what it cannot record. */
export function makeReadJournal(pool: pg.Pool, logger: Logger): ReadJournal {
  return new ReadJournal({
    write: (batch) => insertReads(pool, batch),
    onFailure: (error) =>
      logger.warn({ code: codeOf(error) }, "who read persons' data cannot be recorded now; it waits in this process and is tried again"),
    onRecovery: () => logger.info({}, "who read persons' data is recorded again"),
    onLost: (reads) =>
      logger.error({ reads }, "reads of persons' data go unrecorded, since too many wait for the database; doctor tells of it"),
  });
}

/** Lets reads go that are older than `READ_AUDIT_KEEP_DAYS`. */
export function makeReadRetention(config: Config, pool: pg.Pool, logger: Logger): ReadRetention {
  return new ReadRetention({
    pool,
    keepDays: config.READ_AUDIT_KEEP_DAYS,
    onGone: (reads) => logger.info({ reads }, "records of who read persons' data were let go: they are older than READ_AUDIT_KEEP_DAYS"),
    onFailure: (error) => logger.error({ code: codeOf(error), error: describeError(error) }, 'old records of reads could not be let go; it is tried again in an hour'), // prettier-ignore
  });
}
