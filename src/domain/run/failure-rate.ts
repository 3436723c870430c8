import { FAILURE_CODES, type Tally } from '../outcome.js';
import { PAUSES } from './pause-words.js';
import { doneOf } from './progress.js';

/** When a run pauses instead of failing user after user. */
export interface FailurePause {
  /** Failed users in a hundred above which it pauses, 1 to 100; 100 never does. */
  readonly percent: number;
  /** Users with an outcome before anything is concluded from them. */
  readonly leastUsers: number;
}

/** Why a run with these outcomes is to pause, in a sentence; undefined when it is not. Cancelled users say nothing and do not count. */
export function reasonToPause(tally: Tally, { percent, leastUsers }: FailurePause): string | undefined {
  const judged = doneOf(tally) - tally.cancelled;
  if (judged < leastUsers || tally.failed * 100 <= percent * judged) return undefined;
  const [code = 'unknown'] = mostFrequent(tally.reasons);
  return PAUSES.tell('TOO_MANY_FAILED', { failed: tally.failed, judged, code, percent }).text;
}

function mostFrequent(reasons: Readonly<Record<string, number>>): string[] {
  const failures = Object.entries(reasons).filter(([code]) => (FAILURE_CODES as readonly string[]).includes(code));
  return failures.toSorted(([, a], [, b]) => b - a).map(([code]) => code);
}
