import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Looks that follow each other at once: what other work of this process brings about is mostly there by then. */
const QUICK_LOOKS = 20;
/** ms between two later looks: the processes that are waited for need the core that a busy wait would take. */
const LOOK_MS = 5;

/** What does not come within so many ms never does: less than a test has, which would end without a word of where it waited. */
const PATIENCE_MS = 280_000;

/** Asks again and again until the answer is yes. @throws after minutes, from where it was asked */
export async function until(question: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  const vain = new Error(`what is waited for here did not come within ${patienceMs / 1_000} s`);
  const over = performance.now() + patienceMs;
  for (let looks = 0; !(await question()); looks += 1) {
    if (performance.now() > over) throw vain;
    await (looks < QUICK_LOOKS ? turn() : sleep(LOOK_MS));
  }
}
