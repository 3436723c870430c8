import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** Looks that follow each other at once: what other work of this process brings about is mostly there by then. */
const QUICK_LOOKS = 20;
/** ms between two later looks: the processes that are waited for need the core that a busy wait would take. */
const LOOK_MS = 5;

/** Asks again and again until the answer is yes; the test's own time limit ends what never happens. */
export async function until(question: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await question()); looks += 1) await (looks < QUICK_LOOKS ? turn() : sleep(LOOK_MS));
}
