import { EXIT } from './exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Two signals closer than this (ms) are one wish that arrived by two ways: directly, and passed on by the program that started us. */
const ONE_WISH_MS = 300;

/**
 * Asks for an orderly end at the first signal, and ends at once with 1 at a second Ctrl-C: whoever presses it twice does not want to wait.
 * A second SIGTERM changes nothing, because supervisors send it to parent and child alike. A reader of stdout who has seen enough
 * (`events | head`) asks for the end too: an embedded database must still be stopped.
 */
export function listenForEnd(): AbortSignal {
  const asked = new AbortController();
  let askedAt = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!asked.signal.aborted) {
        askedAt = performance.now();
        asked.abort(name);
      } else if (name === 'SIGINT' && performance.now() - askedAt > ONE_WISH_MS) {
        process.exit(EXIT.failed);
      }
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    asked.abort('EPIPE');
  });
  return asked.signal;
}

/** Resolves when the signal aborts; at once when it already has. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
