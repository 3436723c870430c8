import type { LocalDate } from '../domain/local-date.js';
import type { DemoDay } from './demo-plan.js';
import type { DemoRandom } from './demo-random.js';

/** A row of `ibsafe_usersleeprecord`. */
export interface DemoSleepRecord {
  readonly date: LocalDate;
  readonly sleepMinutes: number;
}

const GAPS = 0.12;

/** A patient's mean sleep in minutes: from the very short to the too long of IBSAFE.md §3. */
export function drawMeanSleep(random: DemoRandom): number {
  return Math.min(660, Math.max(210, random.around(405, 75)));
}

/** What the patient slept in the night that ended on this day, or undefined for a day without a record. */
export function sleepRecordOf(day: DemoDay, meanMinutes: number, random: DemoRandom): DemoSleepRecord | undefined {
  if (random.chance(GAPS)) return undefined;
  return { date: day.date, sleepMinutes: Math.min(840, Math.max(60, random.around(meanMinutes, 40))) };
}
