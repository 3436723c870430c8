import { setTimeout as sleep } from 'node:timers/promises';

/** ms between two looks: the processes of a fault need the core that a busy wait would take. */
const LOOK_MS = 10;

/** Asks until the answer is yes. A question that fails is asked again: the fault may have taken away whom it asks. */
export async function patiently(question: () => Promise<boolean>): Promise<void> {
  while (!(await question().catch(() => false))) await sleep(LOOK_MS);
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
