import { codeOf } from '../base/error-code.js';
import { writeHead } from '../eventlog/log-heads.js';
import { Repeating } from '../base/repeating.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import { FAREWELL_MS } from './connections.js';
import type { Core } from './core.js';

/** ms between two looks at whether a day is over. */
const EVERY_MS = 300_000;

/**
 * Writes the head of each day once it is over, and tells it to the service log, which an editor of the database cannot reach. Any number of processes may: one of
 * them writes it.
 */
export function makeHeadWatch({ pool }: Pick<Core, 'pool'>, logger: Logger): Repeating {
  return new Repeating({
    work: async () => {
      const head = await writeHead(pool);
      if (head === undefined) return;
      const { day, number, links, events, hash } = head;
      logger.info({ day, number, links, events, head: hash }, 'the head of the log');
    },
    everyMs: EVERY_MS,
    farewellMs: FAREWELL_MS,
    onFailure: (error) => logger.error({ job: 'head', code: codeOf(error), error: describeError(error) }, 'the head of the log could not be written; it is tried again in five minutes'), // prettier-ignore
  });
}
