import { setImmediate as turn } from 'node:timers/promises';

/** Asks again and again, without a pause, until the answer is yes; the test's own time limit ends what never happens. */
export async function until(question: () => Promise<boolean>): Promise<void> {
  while (!(await question())) await turn();
}
