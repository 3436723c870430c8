import type pg from 'pg';
import type { Config } from '../config/config.js';
import { codeOf } from '../base/error-code.js';
import { ReadJournal } from '../reads/read-journal.js';
import { letGoOfReads } from '../reads/read-retention.js';
import { insertReads } from '../reads/read-rows.js';
import { Repeating } from '../base/repeating.js';
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

/** ms between two looks for reads that are to be let go. */
const EVERY_MS = 3_600_000;
/** ms for which a batch on its way is waited for when the process ends. */
const BATCH_MS = 1_000;

/** Lets reads go that are older than `READ_AUDIT_KEEP_DAYS`, at the start and again each hour: what a stop leaves is let go another time. */
export function makeReadRetention(config: Config, pool: pg.Pool, logger: Logger): Repeating {
  return new Repeating({
    work: async () => {
      const reads = await letGoOfReads(pool, config.READ_AUDIT_KEEP_DAYS);
      if (reads > 0) logger.info({ reads }, "records of who read persons' data were let go: they are older than READ_AUDIT_KEEP_DAYS");
    },
    everyMs: EVERY_MS,
    farewellMs: BATCH_MS,
    onFailure: (error) => logger.error({ code: codeOf(error), error: describeError(error) }, 'old records of reads could not be let go; it is tried again in an hour'), // prettier-ignore
  });
}
