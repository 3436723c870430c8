import { codeOf } from '../base/error-code.js';
import type { Logger } from '../server/http/options.js';

/** ms for which one line stands for all breaks of a part with the same code. */
export const TOLD_FOR_MS = 5_000;

/**
 * Tells the log of connections that broke. While a database is away each part tries again many times a second, which was a hundred lines a second: of breaks alike, one in `TOLD_FOR_MS` is
 * told, with the number of those before it that were not (`alike`).
 */
export function tellBreaks(
  logger: Pick<Logger, 'warn'>,
  now: () => number = () => performance.now(),
): (part: string) => (error: unknown) => void {
  const told = new Map<string, { readonly at: number; alike: number }>();
  return (part) => (error) => {
    const code = codeOf(error);
    const key = `${part} ${code}`;
    const before = told.get(key);
    if (before !== undefined && now() - before.at < TOLD_FOR_MS) {
      before.alike += 1;
      return;
    }
    told.set(key, { at: now(), alike: 0 });
    const alike = before?.alike ?? 0;
    logger.warn({ part, code, ...(alike > 0 && { alike }) }, 'a connection broke; it is made again');
  };
}
