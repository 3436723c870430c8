import { setTimeout as delay } from 'node:timers/promises';
import type { Said } from '../../domain/said.js';
import { SYSTEM } from '../words/system-words.js';
import { EXIT, Interrupted, type ExitCode } from './exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Two signals closer than this (ms) are one wish that arrived by two ways: directly, and passed on by the program that started us. */
const ONE_WISH_MS = 300;

/** What a service gives the readers of its last line, in ms. */
const LAST_LINE_MS = 500;

/** What is full here is whatever the shell led stdout to, which no setting of ours names. */
const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A result that stdout did not take. */
class StdoutUntaken extends Error {
  override readonly name = 'StdoutUntaken';
  readonly said: Said;

  constructor(cause: NodeJS.ErrnoException) {
    const { text, said } = SYSTEM.tell(FULL.has(cause.code) ? 'STDOUT_FULL' : 'STDOUT_LOST', { code: cause.code ?? cause.name });
    super(text, { cause });
    this.said = said;
  }
}

let isForGood = false;

/**
 * Asks for an orderly end at the first signal, and ends at once with 1 at a second Ctrl-C: a person who presses it twice does not want to wait.
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
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (isForGood || stream === process.stderr || asked.signal.aborted) return; // no reader is left to be told
      if (error.code !== 'EPIPE') throw new StdoutUntaken(error);
      asked.abort('EPIPE');
    });
  }
  return asked.signal;
}

/** From now on nothing that happens to stdout or stderr ends the process: a service is there for others than those who read what it says. */
export function outliveReaders(): void {
  isForGood = true;
}

/**
 * Ends this process when stdout has taken the last line, which a pipe may still hold a part of; a service waits for no reader. A result that was not taken, as on a
 * full disk, is none, and is told: a reader that went away has had what it wanted.
 */
export function exitWith(code: ExitCode, onUntaken: (error: StdoutUntaken) => void): void {
  const end = (error?: NodeJS.ErrnoException | null): never => {
    const untaken = error ?? process.stdout.errored;
    if (untaken === null || (untaken as NodeJS.ErrnoException).code === 'EPIPE' || isForGood) process.exit(code);
    onUntaken(new StdoutUntaken(untaken));
    process.exit(code === EXIT.done ? EXIT.failed : code);
  };
  process.stdout.write('', end);
  if (isForGood) setTimeout(end, LAST_LINE_MS);
}

/** Resolves when the signal aborts; at once when it already has. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/**
 * What comes of work, which may take `graceMs` longer when the process is asked to end. After that it is left to itself: what it does then ends with the
 * process, and a transaction of it comes to nothing. So no work that forgets the signal can outlive it. @throws Interrupted
 */
export async function endsWhenAsked<T>(signal: AbortSignal, graceMs: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const left = async (): Promise<never> => {
    await Promise.race([untilAborted(signal), untilAborted(done.signal)]);
    await delay(graceMs, undefined, { signal: done.signal });
    throw new Interrupted();
  };
  const leaving = left();
  leaving.catch(() => undefined); // where the work was first
  try {
    return await Promise.race([work, leaving]);
  } finally {
    done.abort();
  }
}
