import { setTimeout as sleep } from 'node:timers/promises';
import { isAnswer } from './in-transaction.js';
import { isPassing } from './through-passing-faults.js';

/** ms after a lost answer in which it is tried again, and ms between two tries: a server that starts anew is waited for; an order is answered within its deadline. */
const [AGAIN_MS, TRY_EVERY_MS] = [3_000, 100];

/**
 * Sends statements that may be sent again: done twice is done once. Where the connection ends before they are answered, it is not known whether they were carried out; so they are
 * sent again, over another connection. @param work told whether it was sent before: what it finds done then is most likely its own @throws what the first try came to, where no other
 * was answered
 */
export async function untilAnswered<T>(work: (isAgain: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    if (!isLost(error)) throw error;
    for (const lostAt = performance.now(); performance.now() - lostAt < AGAIN_MS;) {
      const found = await work(true).then((value) => ({ value }), (again: unknown) => ({ again })); // prettier-ignore
      if ('value' in found) return found.value;
      if (!isPassing(found.again)) throw found.again;
      await sleep(TRY_EVERY_MS);
    }
    throw error;
  }
}

/** Codes of a connection that was never there: what was to be sent was not. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function isLost(error: unknown): boolean {
  return isPassing(error) && !isAnswer(error) && !NEVER_SENT.has(String((error as { code?: unknown }).code));
}
