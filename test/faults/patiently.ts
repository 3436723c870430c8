import { setTimeout as sleep } from 'node:timers/promises';
import { fallenProcesses } from '../support/service-process.js';

/** ms between two looks: the processes of a fault need the core that a busy wait would take. */
const LOOK_MS = 10;

/** What is waited for longer than this, in ms, never comes; a busy machine may take its time. */
const PATIENCE_MS = 280_000;

/** How a question is asked that may be answered with yes only later. */
interface Asking {
  /** Told of a wait in vain: how things stand instead. */
  readonly standing?: () => Promise<string>;
  readonly patienceMs?: number;
}

/**
 * Asks until the answer is yes. A question that fails is asked again: the fault may have taken away whom it asks.
 * @throws after minutes, from where it was asked, with what the question failed with last: a seed that only took too long would say nothing of where
 */
export async function patiently(question: () => Promise<boolean>, { standing, patienceMs = PATIENCE_MS }: Asking = {}): Promise<void> {
  const vain = new Error(`what was waited for did not come within ${patienceMs / 1_000} s`); // made here, so that its stack tells who asks
  const over = performance.now() + patienceMs;
  for (;;) {
    const answer = await question().catch((error: unknown) => {
      vain.cause = error;
      return false;
    });
    if (answer) return;
    if (performance.now() > over) throw await told(vain, standing);
    await sleep(LOOK_MS);
  }
}

/** With where it was asked, how things stand, and what the last question failed with. */
async function told(vain: Error, standing: Asking['standing']): Promise<Error> {
  const frames = (vain.stack ?? '').split('\n').filter((line) => line.includes('/faults/') && !/patiently\.[jt]s/.test(line));
  const places = frames.map((line) => /faults\/([^)]+)/.exec(line)?.[1]).join(' < ');
  const stands = await standing?.().catch((error: unknown) => `nothing can be asked (${String(error)})`);
  const fallen = fallenProcesses().map((each) => `; ${each}`);
  const failed = vain.cause instanceof Error ? `; it was last asked in vain: ${vain.cause.message}` : '';
  return Object.assign(vain, {
    message: `${vain.message} (${places})${stands === undefined ? '' : `: ${stands}`}${failed}${fallen.join('')}`,
  });
}

/** Gives up on `work` after so many ms. @throws naming `what` was waited for */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>(
    (_, reject) => (timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1_000} s`)), ms)),
  );
  work.catch(() => undefined); // may fail long after it was given up
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
