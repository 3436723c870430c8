import { codeOf } from '../error-code.js';
import { HeadWatch } from '../eventlog/head-watch.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';

/** Writes the head of each day, and tells it to the service log, which an editor of the database cannot reach. */
export function makeHeadWatch({ pool }: Pick<Core, 'pool'>, logger: Logger): HeadWatch {
  return new HeadWatch({
    db: pool,
    onHead: ({ day, number, links, events, hash }) => logger.info({ day, number, links, events, head: hash }, 'the head of the log'),
    onFailure: (error) => logger.error({ job: 'head', code: codeOf(error), error: describeError(error) }, 'the head of the log could not be written; it is tried again in five minutes'), // prettier-ignore
  });
}
