/** The goal of someone whose recent days show no walking at all: a stroll of about ten minutes. */
export const FIRST_STEP_GOAL = 1_000;
/** No goal is above this. */
export const MAX_STEP_GOAL = 10_000;
/** No goal is below this, the cap's included: five minutes of walking, which is asked of every patient who can walk. */
export const LEAST_STEP_GOAL = 500;

/** How many steps a day someone walks, measured against the target: below 50 %, 85 %, 110 % of it, or more. */
export const STEP_LEVELS = ['VERY_LOW', 'LOW', 'ADEQUATE', 'HIGH'] as const;
export type StepLevel = (typeof STEP_LEVELS)[number];

/**
 * Why a goal is what it is: FIRST, hardly any step was walked yet, so that it is the first or the least of all goals; CAPPED, the rules wanted more than the cap on growth
 * lets through; EASED, less than what was walked lately; KEPT, more than the rules wanted, because a goal that was met is not lowered; HELD, no more than was walked
 * lately, for a patient that no word urges on; PLAIN, anything else. GROWING is why there is no goal (`judgedSteps`).
 */
export const GOAL_REASONS = ['FIRST', 'CAPPED', 'EASED', 'KEPT', 'PLAIN', 'HELD', 'GROWING'] as const;
export type GoalReason = (typeof GOAL_REASONS)[number];

/** A step goal in steps a day, `LEAST_STEP_GOAL` to `MAX_STEP_GOAL`. */
export interface StepGoal {
  readonly goal: number;
  readonly reason: Exclude<GoalReason, 'GROWING'>;
}

/** What a goal is made from. */
export interface GoalGrounds {
  readonly level: StepLevel;
  readonly irregular: boolean;
  /** Judged days within ±20 % of the target. */
  readonly daysNearTarget: number;
  /** Sum and number of the last recorded days, three at most: kept as a fraction so that the cap has no rounding error. */
  readonly recentSum: number;
  readonly recentDays: number;
  /** Goals of the last 7 days' advice. */
  readonly earlierGoals: readonly number[];
  /** Whether the goal may ask for no more steps than were walked lately. */
  readonly isHeld?: boolean;
}

/**
 * The next goal: what the level asks for, at most 10 % and 1,500 steps above the mean of the last three worn days. The cap is stronger than the floor of 4,000 (decision
 * record 003); `LEAST_STEP_GOAL` alone is stronger than the cap. A goal of the last 7 days that this mean reaches was met, and is not lowered. A mean below one step counts as no
 * walking.
 */
export function stepGoal(grounds: GoalGrounds): StepGoal {
  const { recentSum, recentDays, isHeld = false } = grounds;
  const free = freeGoal(grounds);
  return isHeld ? { goal: Math.max(LEAST_STEP_GOAL, Math.min(free.goal, roundedDown(recentSum / recentDays))), reason: 'HELD' } : free;
}

/** Whole hundreds, or tens below a thousand: no sentence says that 4,766 steps are enough. */
function roundedDown(mean: number): number {
  const grain = mean >= 1_000 ? 100 : 10;
  return Math.floor(mean / grain) * grain;
}

/** The goal of a patient that the cap alone holds back. */
function freeGoal(grounds: GoalGrounds): StepGoal {
  const { recentSum, recentDays } = grounds;
  const recentMean = recentSum / recentDays;
  if (recentMean < 1) return { goal: FIRST_STEP_GOAL, reason: 'FIRST' };
  const wanted = wantedSteps(grounds, recentMean);
  const cap = Math.floor(Math.min((recentSum * 11) / (recentDays * 10), recentMean + 1_500));
  if (cap < LEAST_STEP_GOAL) return { goal: LEAST_STEP_GOAL, reason: 'FIRST' };
  if (wanted > cap) return { goal: roundedGrowth(cap, recentMean), reason: 'CAPPED' };
  const met = highestMet(grounds);
  if (met > wanted) return { goal: met, reason: 'KEPT' };
  return { goal: wanted, reason: wanted < recentMean ? 'EASED' : 'PLAIN' };
}

/** The highest earlier goal that the last days' mean reaches: one of these days did, too, so it was met within the week. 0 where there is none. */
function highestMet({ earlierGoals, recentSum, recentDays }: GoalGrounds): number {
  let highest = 0;
  for (let at = 0; at < earlierGoals.length; at += 1) {
    const goal = earlierGoals[at] as number;
    if (Number.isInteger(goal) && goal <= MAX_STEP_GOAL && goal * recentDays <= recentSum) highest = Math.max(highest, goal);
  }
  return highest;
}

/** What the rules ask for before the cap: 4,000 to 8,000, a multiple of 500. */
function wantedSteps({ level, irregular, daysNearTarget }: GoalGrounds, recentMean: number): number {
  let wanted = 8_000;
  if (level === 'ADEQUATE') wanted = 7_000;
  else if (level !== 'HIGH') wanted = clamp(Math.round(recentMean / 500) * 500 + 1_000, 4_000, 6_000);
  if (irregular) wanted = clamp(wanted, 5_500, 7_500);
  if (daysNearTarget < 3) wanted = Math.min(wanted, 7_000);
  return clamp(wanted, 4_000, MAX_STEP_GOAL);
}

/** The cap rounded down to the roundest figure that still asks for more than was walked; the cap itself when there is none. */
function roundedGrowth(cap: number, recentMean: number): number {
  for (const grain of GRAINS) {
    const rounded = Math.floor(cap / grain) * grain;
    if (rounded > recentMean) return rounded;
  }
  return cap;
}

const GRAINS = [500, 100, 10];

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
