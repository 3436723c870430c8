import { codeOf } from '../base/error-code.js';
import type { Logger } from '../server/http/options.js';

/** What the log is told when no sign of this process has reached the database for so long that others take it for dead. */
export function tellSilence(logger: Pick<Logger, 'warn'>): (error: unknown) => void {
  return (error) =>
    logger.warn({ code: codeOf(error) }, 'no sign of this process reaches the database: others take it for dead until one does');
}
