import { AccessRefused, tokenRefused } from './access-refused.js';
import type { Caller } from './caller.js';

/** How it is looked after a caller whose connection stays open. */
export interface WatchOptions {
  /** Finds out again who it is. */
  readonly ask: () => Promise<Caller>;
  readonly onRefused: (refused: AccessRefused) => void;
  /** ms since 1970. */
  readonly clock: () => number;
  /** Longest time in ms between two looks. */
  readonly everyMs: number;
}

/**
 * Looks again and again whether a caller may stay, the first time at once: until the credentials' own expiry, to the millisecond, or until they
 * are refused. Here nothing is added for the tolerance of clocks: a stream that was ended could otherwise be opened anew at once.
 * @returns how to stop looking
 */
export function watchCaller({ ask, onRefused, clock, everyMs }: WatchOptions): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const lookIn = (ms: number): void => {
    if (!stopped) timer = setTimeout(() => void look(), ms).unref();
  };
  const look = async (): Promise<void> => {
    try {
      const leftMs = (await ask()).expiresAt - clock();
      if (leftMs <= 0) throw tokenRefused('has expired: sign in again');
      lookIn(Math.min(leftMs, everyMs));
    } catch (error) {
      if (stopped) return;
      // A database that is away for a moment says nothing about the caller.
      if (!(error instanceof AccessRefused)) return lookIn(everyMs);
      stopped = true;
      onRefused(error);
    }
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
