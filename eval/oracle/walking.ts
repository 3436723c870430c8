import { ageOn } from './age.js';
import { hasNoSteps, mustNotLessen } from './preferences.js';
import type { DayRow, PatientRecords } from './records.js';

/** What is known of a week's steps. */
export interface Walking {
  /** Judged days: those on which the phone was worn; the last alone where there are three or fewer. */
  readonly days: readonly number[];
  readonly mean: number;
  /** Mean of the last three worn days. */
  readonly lately: number;
  /** Worn days among the last three, and whether hardly a step was walked on them: the least goal is above what the cap would allow. */
  readonly recent: number;
  readonly hardly: boolean;
  /** Recorded days on which it was not worn. */
  readonly leftOut: number;
  /** Recorded days that nobody can have walked. */
  readonly unwalked: number;
  /** What the next goal may not pass. */
  readonly most: number;
}

/** Nobody walks more in a day: sixteen hours at a hundred steps a minute. */
const MOST_A_DAY = 16 * 60 * 100;
/** Steps under a tenth of the week's median were not walked with the phone. */
const WORN_SHARE = 10;
/** The floor of all goals, and the first goal of a patient who has not walked at all. */
export const LEAST_GOAL = 500;
const FIRST_GOAL = 1_000;
/** Ten per cent of a decimal figure are exact to this. */
const NEARLY = 1e-9;

/** Judges the records of seven days; null where there is none. */
export function walkingOf(rows: readonly DayRow[]): Walking | null {
  const recorded = rows.toSorted((a, b) => b.daysAgo - a.daysAgo).map(({ value }) => value);
  const week = recorded.filter((steps) => steps >= 0 && steps <= MOST_A_DAY);
  const worn = week.filter((steps) => steps * WORN_SHARE >= median(week));
  if (worn.length === 0) return null;
  const days = worn.length <= 3 ? worn.slice(-1) : worn;
  const lately = mean(worn.slice(-3));
  const grown = Math.min(lately * 1.1, lately + 1_500);
  const recent = Math.min(3, worn.length);
  return {
    days,
    mean: mean(days),
    lately,
    recent,
    leftOut: week.length - worn.length,
    unwalked: recorded.length - week.length,
    hardly: lately < 1 || Math.floor(grown + NEARLY) < LEAST_GOAL,
    most: lately < 1 ? FIRST_GOAL : Math.min(10_000, Math.max(LEAST_GOAL, grown)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Words for the mean beside 6,000 steps. In whole numbers: 6,600 steps are 110 %. */
export function levelOf({ days }: Walking): string {
  const percent = (days.reduce((sum, day) => sum + day, 0) * 100) / days.length;
  if (percent < 50 * 6_000) return 'VERY_LOW';
  if (percent < 85 * 6_000) return 'LOW';
  return percent < 110 * 6_000 ? 'ADEQUATE' : 'HIGH';
}

/** Words for how even the days are; none for a single day, or where there was no walking. */
export function regularityOf({ days, mean: steps }: Walking): string[] {
  if (days.length < 2 || steps === 0) return [];
  const variation = Math.sqrt(days.reduce((sum, day) => sum + (day - steps) ** 2, 0) / days.length) / steps;
  if (variation <= 0.15) return ['VERY_REGULAR'];
  if (variation <= 0.3) return ['REGULAR'];
  return [variation <= 0.5 ? 'SOMEWHAT_IRREGULAR' : 'IRREGULAR'];
}

/**
 * What may truly be said of a goal, each looked up in the records: "가볍게 시작" where hardly a step was walked, "무리하지 않게" where it asks for no less than was walked lately, "이보다 더
 * 걸으셨으니" where it asks for less, "지난 목표에 닿았으니" where it is an earlier goal that the last days reach. A plain figure says nothing of the records. To one who is not to be urged on, a goal is said as no more than enough.
 */
export function reasonsFor(goal: number | null, { lately, hardly }: Walking, { goals, ...records }: PatientRecords): string[] {
  if (hasNoGoal(records)) return ['GROWING'];
  if (goal === null) return [];
  if (mustNotLessen(records)) return ['HELD'];
  if (hardly) return ['FIRST'];
  const wasReached = goals.some(({ value }) => value === goal && value <= lately);
  return ['PLAIN', ...(goal >= Math.floor(lately) ? ['CAPPED'] : []), ...(goal < lately ? ['EASED'] : []), ...(wasReached ? ['KEPT'] : [])];
}

/** An earlier goal that the last days still reach: the next one is not to be lower. 0 where there is none. */
export function reachedGoal({ lately }: Walking, { goals }: PatientRecords): number {
  return Math.max(0, ...goals.map(({ value }) => value).filter((value) => value <= Math.min(lately, 10_000)));
}

/** Whether a patient is a child or an adolescent, of whom nothing says how many steps are enough and who may be told to move, or tells of a disorder of eating. */
export function hasNoGoal(records: Pick<PatientRecords, 'profile' | 'recordDate'>): boolean {
  const age = ageOn(records.recordDate, records.profile?.birthDate);
  if (hasNoSteps(records)) return true;
  return age !== null && age <= 17 && !mustNotLessen(records);
}
