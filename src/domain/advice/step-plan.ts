import { type GoalReason, stepGoal, type StepGoal, type StepLevel } from './step-goal.js';

/** The daily steps that levels are measured against. Source: IBSafe's rule engine, like every figure here. */
const STEP_TARGET = 6_000;

export const STEP_REGULARITIES = ['VERY_REGULAR', 'REGULAR', 'SOMEWHAT_IRREGULAR', 'IRREGULAR'] as const;
export type StepRegularity = (typeof STEP_REGULARITIES)[number];

/** The judgement of a user's steps and their next goal. */
export interface StepPlan extends StepGoal {
  /** Worn days that were judged: 4 to 7, or 1 (the last) when there are three or fewer. */
  readonly days: number;
  /** Mean steps a day over the judged days, rounded. */
  readonly mean: number;
  readonly level: StepLevel;
  /** Worn days that the goal is measured against, 1 to 3, and their mean, rounded. */
  readonly recentDays: number;
  readonly recentMean: number;
  /** Recorded days that do not count: the phone was not worn. */
  readonly leftOut: number;
  /** Recorded days of steps that cannot be (`isWalkable`): they do not count either. */
  readonly unbelieved: number;
  /** Null when a single day was judged or there was no walking: there is nothing to be regular about. */
  readonly regularity: StepRegularity | null;
}

/** What is judged of a patient's steps: a plan, or all of one but its goal. */
export interface JudgedSteps extends Omit<StepPlan, keyof StepGoal> {
  /** Null for a patient who still grows. */
  readonly goal: number | null;
  readonly reason: GoalReason;
}

/** Years of age from which on the levels and goals, those of grown-ups, are meant. Source: `who-activity-young`, which speaks of 5 to 17 years. */
const GOAL_FROM = 18;

/** The steps of a patient of this age (null where it is not known), judged. A child has no goal, since nothing of ours says how many steps are enough for one; where no word may urge to walk, the goal that holds back stays. */
export function judgedSteps(age: number | null | undefined, plan: StepPlan): JudgedSteps {
  return (age ?? GOAL_FROM) >= GOAL_FROM || plan.reason === 'HELD' ? plan : { ...plan, goal: null, reason: 'GROWING' };
}

/**
 * Steps a day that are believed at most: a brisk walk, 100 steps a minute, through all of sixteen waking hours. Beyond, a device or a client is at fault. Source of the cadence: Tudor-Locke et al. 2019
 * (CADENCE-adults); the sixteen hours are an own rule.
 */
const MAX_STEPS = 96_000;

/** Whether a patient can have walked as much in a day. */
export function isWalkable(steps: number): boolean {
  return steps >= 0 && steps <= MAX_STEPS;
}

/** A day under this share of the week's median is one on which the phone lay somewhere: it says nothing of the person. */
const WORN_SHARE = 1 / 10;

/**
 * Judges steps a day, oldest first. Needs 1 to 7 whole numbers, one of them `isWalkable`; decision record 003 says what the goal keeps to. Days on
 * which the phone was not worn, and days of steps that cannot be, do not count for anything. `isHeld`: the goal asks for no more than was walked lately.
 */
export function stepPlanOf(recorded: readonly number[], earlierGoals: readonly number[] = [], isHeld = false): StepPlan {
  const believed = recorded.every(isWalkable) ? recorded : recorded.filter(isWalkable);
  const steps = wornDays(believed);
  const first = steps.length <= 3 ? steps.length - 1 : 0;
  const days = steps.length - first;
  const mean = sumFrom(steps, first) / days;
  const level = levelOf(mean);
  const regularity = days === 1 || mean === 0 ? null : regularityOf(deviationFrom(steps, first, mean) / mean);
  const recentFirst = Math.max(0, steps.length - 3);
  const recentSum = sumFrom(steps, recentFirst);
  const recentDays = steps.length - recentFirst;
  const { goal, reason } = stepGoal({
    level,
    irregular: regularity === 'IRREGULAR',
    daysNearTarget: daysNearTarget(steps, first),
    recentSum,
    recentDays,
    earlierGoals,
    isHeld,
  });
  const [recentMean, leftOut] = [Math.round(recentSum / recentDays), believed.length - steps.length];
  const unbelieved = recorded.length - believed.length;
  return { days, mean: Math.round(mean), level, recentDays, recentMean, leftOut, unbelieved, regularity, goal, reason };
}

/** The days on which the phone was worn; never none. The median is the middle one, or the mean of the middle two. */
export function wornDays(steps: readonly number[]): readonly number[] {
  const sorted = inOrder(steps);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  const least = median * WORN_SHARE;
  return (sorted[0] ?? 0) >= least ? steps : steps.filter((count) => count >= least);
}

/** At most seven: by insertion, since a sort with a comparison of ours makes lists of its own. */
function inOrder(steps: readonly number[]): number[] {
  const sorted: number[] = [];
  for (let at = 0; at < steps.length; at += 1) {
    const count = steps[at] as number;
    let place = at - 1;
    for (; place >= 0 && (sorted[place] as number) > count; place -= 1) sorted[place + 1] = sorted[place] as number;
    sorted[place + 1] = count;
  }
  return sorted;
}

/** In per cent of the target and whole numbers: 6,000 × 1.1 is more than 6,600 in floating point, and 6,600 steps are HIGH. */
function levelOf(mean: number): StepLevel {
  const percent = mean * 100;
  if (percent < STEP_TARGET * 50) return 'VERY_LOW';
  if (percent < STEP_TARGET * 85) return 'LOW';
  return percent < STEP_TARGET * 110 ? 'ADEQUATE' : 'HIGH';
}

/** By the coefficient of variation: standard deviation over mean. */
function regularityOf(variation: number): StepRegularity {
  if (variation <= 0.15) return 'VERY_REGULAR';
  if (variation <= 0.3) return 'REGULAR';
  return variation <= 0.5 ? 'SOMEWHAT_IRREGULAR' : 'IRREGULAR';
}

function sumFrom(steps: readonly number[], first: number): number {
  let sum = 0;
  for (let at = first; at < steps.length; at++) sum += steps[at] ?? 0;
  return sum;
}

/** Standard deviation of the days themselves (divided by n): they are all the days there are, not a sample of others. */
function deviationFrom(steps: readonly number[], first: number, mean: number): number {
  let squares = 0;
  for (let at = first; at < steps.length; at++) squares += ((steps[at] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / (steps.length - first));
}

/** Days within ±20 % of the target, ends included. */
function daysNearTarget(steps: readonly number[], first: number): number {
  let days = 0;
  for (let at = first; at < steps.length; at++) if (Math.abs((steps[at] ?? 0) - STEP_TARGET) <= STEP_TARGET / 5) days += 1;
  return days;
}
