/** Tries of a message before it is given up, which takes about half a day. */
export const MAX_TRIES = 20;
/** ms of the first wait; each further one is twice as long. */
export const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * ms until a message is tried again. @param tries that were in vain @param firstWaitMs of the first one @param askedMs what the other side asks for:
 * heard as far as it is within the longest wait
 */
export function waitAfter(tries: number, firstWaitMs: number, askedMs = 0): number {
  const grown = firstWaitMs * 2 ** Math.min(tries - 1, 30);
  return Math.min(LONGEST_WAIT_MS, Math.max(grown, askedMs));
}
