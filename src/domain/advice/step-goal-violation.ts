import { FIRST_STEP_GOAL, MAX_STEP_GOAL } from './step-goal.js';
import type { StepGoalViolation } from './violation-codes.js';

/** The floor of the rules (decision record 003): nobody who walks more is sent below it. */
const STEP_FLOOR = 4_000;

/**
 * What is wrong with a goal after these steps (oldest first); null when nothing is. The goal may exceed the mean of the last three recorded days
 * by 10 % and by 1,500 at most, and `FIRST_STEP_GOAL` after days without walking; it may not fall below that mean nor, where the mean is higher,
 * below 4,000. In whole numbers, so that no rounding lets a goal through.
 */
export function stepGoalViolation(goal: number, steps: readonly number[]): StepGoalViolation | null {
  if (!Number.isInteger(goal) || goal < 1 || goal > MAX_STEP_GOAL) return 'STEP_GOAL_OUT_OF_BOUNDS';
  const days = Math.min(steps.length, 3);
  const sum = sumOfLast(days, steps);
  const growsTooFast = sum < days ? goal > FIRST_STEP_GOAL : goal * days * 10 > sum * 11 || (goal - 1_500) * days > sum;
  if (growsTooFast) return 'STEP_GOAL_GROWS_TOO_FAST';
  return goal < STEP_FLOOR && (goal + 1) * days <= sum ? 'STEP_GOAL_TOO_LOW' : null;
}

/** The lowest and the highest goal that `stepGoalViolation` lets through after these steps: what a generator is told as its bounds. */
export function stepGoalBounds(steps: readonly number[]): { readonly least: number; readonly most: number } {
  const days = Math.min(steps.length, 3);
  const sum = sumOfLast(days, steps);
  if (sum < days) return { least: 1, most: FIRST_STEP_GOAL };
  const mean = Math.floor(sum / days);
  const most = Math.min(MAX_STEP_GOAL, Math.floor((sum * 11) / (days * 10)), mean + 1_500);
  return { least: Math.min(STEP_FLOOR, mean), most };
}

function sumOfLast(days: number, steps: readonly number[]): number {
  let sum = 0;
  for (let back = 1; back <= days; back++) sum += steps[steps.length - back] ?? 0;
  return sum;
}
