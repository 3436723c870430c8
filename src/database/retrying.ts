import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { isPassing } from './transient.js';

/** First and longest wait in ms between two tries; the real ones are jittered. */
const [FIRST_MS, LONGEST_MS] = [50, 5_000];

/** Repeats what fails for a while, with growing and jittered waits, `attempts` times at most; then, and for any other fault, throws. */
export function retryingUpTo(attempts: number): <T>(work: (attempt: number) => Promise<T>, signal: AbortSignal) => Promise<T> {
  const backoff = new ExponentialBackoff({ initialDelay: FIRST_MS, maxDelay: LONGEST_MS });
  const policy = retry(handleWhen(isPassing), { maxAttempts: attempts - 1, backoff });
  return (work, signal) => policy.execute(({ attempt }) => work(attempt + 1), signal);
}
