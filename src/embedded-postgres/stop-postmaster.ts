import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './error-code.js';
import { isAlive, startMark } from './process-identity.js';

const POLL_MS = 10;
const FAST_MS = 60_000;
const IMMEDIATE_MS = 10_000;

/**
 * Ends a server and waits until it is gone. First PostgreSQL's fast shutdown (SIGINT: open transactions are rolled back, clients cut
 * off, a checkpoint written), after a minute the immediate one (SIGQUIT: recovery at the next start, nothing committed is lost). A
 * process that got the same pid since is left alone. Throws when the server outlives both.
 */
export async function stopPostmaster(pid: number, mark = startMark(pid)): Promise<void> {
  const isThere = () => isAlive(pid) && startMark(pid) === mark;
  for (const [signal, withinMs] of [['SIGINT', FAST_MS] as const, ['SIGQUIT', IMMEDIATE_MS] as const]) {
    if (!isThere()) return;
    send(pid, signal);
    const deadline = performance.now() + withinMs;
    while (isThere() && performance.now() < deadline) await delay(POLL_MS);
  }
  if (isThere()) throw new ToldError(broken('STAYS', { pid }));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error; // gone since we looked
  }
}
