/** How long a night was. Source of the bounds: IBSAFE.md, 3. */
export const SLEEP_LENGTHS = ['VERY_SHORT', 'SHORT', 'GOOD', 'LONG', 'TOO_LONG'] as const;
export type SleepLength = (typeof SLEEP_LENGTHS)[number];

/** Which way a goal lies from what was slept. */
export const SLEEP_DIRECTIONS = ['MORE', 'KEEP', 'LESS'] as const;
export type SleepDirection = (typeof SLEEP_DIRECTIONS)[number];

/** Minutes of sleep that advice aims at, ends included. Source: IBSAFE.md, 3. */
const AIMED_AT = { least: 420, most: 480 } as const;
/** Minutes of sleep of those who grow, by the first whole year of age of each. Source: `aasm-sleep-2016`; what it says from three years on is taken for the younger, of whom it tells naps besides. */
const OF_CHILDREN = [
  { from: 13, least: 480, most: 600 },
  { from: 6, least: 540, most: 720 },
  { from: 0, least: 600, most: 780 },
] as const;
/** Years of age from which on a patient sleeps as an adult does: the source tells of children until 18. */
const ADULT = 19;
/** Hours that a goal stays within, whatever the nights were. */
const SLEEP_GOAL_RANGE = { least: 6, most: 9 } as const;

/** Minutes by which a goal may differ from the mean of the nights: four hours a night do not become seven from one day to the next. */
const STEP = 60;

/** Minutes that a night can have, ends included: what is recorded beyond is taken for a mistake, and tells nothing of how the person sleeps. */
const LIKELY = { least: 60, most: 960 } as const;

/** The judgement of a user's nights and the next goal. */
export interface SleepPlan {
  /** Minutes of the night that ended on the record date. */
  readonly minutes: number;
  readonly length: SleepLength;
  /** Recorded nights of the last seven days that can be, 0 to 7. */
  readonly nights: number;
  /** Mean minutes of those nights, rounded; what is aimed at where there is none. */
  readonly mean: number;
  /** Hours, in halves, within `SLEEP_GOAL_RANGE`; that of a child within the minutes of `ofChild`. */
  readonly goal: number;
  /** Minutes of sleep that a child of this age is to have; null for an adult, and where no age is known. */
  readonly ofChild: { readonly least: number; readonly most: number } | null;
  /** Which way what advice aims at lies from the mean: KEEP where the mean is what advice aims at. */
  readonly direction: SleepDirection;
}

/** Judges nights in minutes, oldest first, the record date's last. Needs 1 to 7 whole numbers, the last one from 0 to 1,440 (see `sleepIsInvalid`). */
export function sleepPlanOf(nights: readonly number[], age: number | null = null): SleepPlan {
  const minutes = nights.at(-1) ?? 0;
  const likely = nights.filter((night) => night >= LIKELY.least && night <= LIKELY.most);
  const mean = likely.length === 0 ? AIMED_AT.least : likely.reduce((sum, night) => sum + night, 0) / likely.length;
  const direction = mean < AIMED_AT.least ? 'MORE' : mean > AIMED_AT.most ? 'LESS' : 'KEEP';
  const ofChild = age === null || age >= ADULT ? null : (OF_CHILDREN.find(({ from }) => age >= from) ?? null);
  const goal = ofChild === null ? goalAfter(mean, minutes) : Math.max(Math.min(halfHours(mean) / 2, ofChild.most / 60), ofChild.least / 60);
  return { minutes, length: lengthOf(minutes), nights: likely.length, mean: Math.round(mean), goal, direction, ofChild };
}

/**
 * Whether nothing can be said of these nights: there is none, more than a week of them, one that is no whole number, or the last is no number of minutes of a day. An earlier night that cannot be
 * is not counted (`LIKELY`): it must not cost the advice of a week.
 */
export function sleepIsInvalid(nights: readonly number[]): boolean {
  const last = nights.at(-1) ?? -1;
  return nights.length < 1 || nights.length > 7 || last < 0 || last > 1_440 || !nights.every(Number.isInteger);
}

function lengthOf(minutes: number): SleepLength {
  if (minutes <= 240) return 'VERY_SHORT';
  if (minutes <= 360) return 'SHORT';
  if (minutes <= 480) return 'GOOD';
  return minutes <= 600 ? 'LONG' : 'TOO_LONG';
}

/** By the mean, and never against the last night: after a good one nothing else is aimed at, a short one is to become longer, and a long one no longer. */
function goalAfter(mean: number, minutes: number): number {
  const wanted = Math.max(Math.min(mean, AIMED_AT.most), AIMED_AT.least);
  if (minutes >= AIMED_AT.least && minutes <= AIMED_AT.most) return halfHours(wanted) / 2;
  const near = halfHours(Math.max(Math.min(wanted, mean + STEP), mean - STEP));
  const beside = minutes < AIMED_AT.least ? Math.max(near, Math.floor(minutes / 30) + 1) : Math.min(near, Math.ceil(minutes / 30) - 1);
  return Math.max(SLEEP_GOAL_RANGE.least, Math.min(SLEEP_GOAL_RANGE.most, beside / 2));
}

function halfHours(minutes: number): number {
  return Math.round(minutes / 30);
}
