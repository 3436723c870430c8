import type { DemoRandom } from './demo-random.js';

/**
 * What a patient's last day holds for the run that judges it: everything it needs, or one thing amiss. The shares make a run show every
 * reason for a skip: about four in five patients get advice, as in the measurements of the original (STACK.md, last section).
 */
export type LastDay = 'READY' | 'NO_FOOD' | 'NO_EXERCISE' | 'NO_RECORDS' | 'HAS_INTERVENTION' | 'NO_PROFILE';

/** Share of patients by last day; who is in none of these is `READY` (80.5 %). */
export const LAST_DAY_SHARES = [
  { lastDay: 'NO_FOOD', share: 0.07 },
  { lastDay: 'NO_EXERCISE', share: 0.06 },
  { lastDay: 'NO_RECORDS', share: 0.03 },
  { lastDay: 'HAS_INTERVENTION', share: 0.02 },
  { lastDay: 'NO_PROFILE', share: 0.015 },
] as const;

/** Draws a patient's last day by the shares. */
export function drawLastDay(random: DemoRandom): LastDay {
  let left = random.fraction();
  for (const { lastDay, share } of LAST_DAY_SHARES) {
    left -= share;
    if (left < 0) return lastDay;
  }
  return 'READY';
}

/** Whether the last day has a food record. */
export function eatsOnLastDay(lastDay: LastDay): boolean {
  return lastDay !== 'NO_FOOD' && lastDay !== 'NO_RECORDS';
}

/** Whether the last day has an exercise record. */
export function walksOnLastDay(lastDay: LastDay): boolean {
  return lastDay !== 'NO_EXERCISE' && lastDay !== 'NO_RECORDS';
}
