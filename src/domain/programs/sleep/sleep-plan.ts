/** How long a night was. Source of the bounds: IBSAFE.md, 3. */
export const SLEEP_LENGTHS = ['VERY_SHORT', 'SHORT', 'GOOD', 'LONG', 'TOO_LONG'] as const;
export type SleepLength = (typeof SLEEP_LENGTHS)[number];

/** Which way a goal lies from what was slept. */
export const SLEEP_DIRECTIONS = ['MORE', 'KEEP', 'LESS'] as const;
export type SleepDirection = (typeof SLEEP_DIRECTIONS)[number];

/** Minutes of sleep that advice aims at, ends included. Source: IBSAFE.md, 3. */
export const AIMED_AT = { least: 420, most: 480 } as const;
/** Hours that a goal stays within, whatever the nights were. */
export const SLEEP_GOAL_RANGE = { least: 6, most: 9 } as const;

/** Minutes by which a goal may differ from the mean of the nights: four hours a night do not become seven from one day to the next. */
const STEP = 60;

/** The judgement of a user's nights and the next goal. */
export interface SleepPlan {
  /** Minutes of the night that ended on the record date. */
  readonly minutes: number;
  readonly length: SleepLength;
  /** Recorded nights of the last seven days, 1 to 7. */
  readonly nights: number;
  /** Mean minutes of those nights, rounded. */
  readonly mean: number;
  /** Hours, in halves, within `SLEEP_GOAL_RANGE`. */
  readonly goal: number;
  /** Which way the goal lies from the mean: KEEP where the mean is what advice aims at. */
  readonly direction: SleepDirection;
}

/** Judges nights in minutes, oldest first, the record date's last. Needs 1 to 7 whole numbers from 0 to 1,440 (see `sleepIsInvalid`). */
export function sleepPlanOf(nights: readonly number[]): SleepPlan {
  const minutes = nights.at(-1) ?? 0;
  const mean = nights.reduce((sum, night) => sum + night, 0) / nights.length;
  const direction = mean < AIMED_AT.least ? 'MORE' : mean > AIMED_AT.most ? 'LESS' : 'KEEP';
  return { minutes, length: lengthOf(minutes), nights: nights.length, mean: Math.round(mean), goal: goalAfter(mean), direction };
}

/** Whether no sensible record can hold these nights: there is none, more than a week of them, or one that is no whole number of minutes of a day. */
export function sleepIsInvalid(nights: readonly number[]): boolean {
  return nights.length < 1 || nights.length > 7 || nights.some((night) => !Number.isInteger(night) || night < 0 || night > 1_440);
}

function lengthOf(minutes: number): SleepLength {
  if (minutes <= 240) return 'VERY_SHORT';
  if (minutes <= 360) return 'SHORT';
  if (minutes <= 480) return 'GOOD';
  return minutes <= 600 ? 'LONG' : 'TOO_LONG';
}

function goalAfter(mean: number): number {
  const wanted = Math.max(Math.min(mean, AIMED_AT.most), AIMED_AT.least);
  const near = Math.max(Math.min(wanted, mean + STEP), mean - STEP);
  const hours = Math.round(near / 30) / 2;
  return Math.max(SLEEP_GOAL_RANGE.least, Math.min(SLEEP_GOAL_RANGE.most, hours));
}
