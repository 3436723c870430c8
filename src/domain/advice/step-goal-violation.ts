import { FIRST_STEP_GOAL, MAX_STEP_GOAL } from './step-goal.js';

/** How a step goal can be wrong: not a whole number from 1 to 10,000, or more above the last days than the cap allows. */
export type StepGoalViolation = 'STEP_GOAL_OUT_OF_BOUNDS' | 'STEP_GOAL_GROWS_TOO_FAST';

/**
 * What is wrong with a goal after these steps (oldest first); null when nothing is. The goal may exceed the mean of the last three recorded days
 * by 10 % and by 1,500 at most, and `FIRST_STEP_GOAL` after days without walking. In whole numbers, so that no rounding lets a goal through.
 */
export function stepGoalViolation(goal: number, steps: readonly number[]): StepGoalViolation | null {
  if (!Number.isInteger(goal) || goal < 1 || goal > MAX_STEP_GOAL) return 'STEP_GOAL_OUT_OF_BOUNDS';
  const days = Math.min(steps.length, 3);
  let sum = 0;
  for (let back = 1; back <= days; back++) sum += steps[steps.length - back] ?? 0;
  const growsTooFast = sum < days ? goal > FIRST_STEP_GOAL : goal * days * 10 > sum * 11 || (goal - 1_500) * days > sum;
  return growsTooFast ? 'STEP_GOAL_GROWS_TOO_FAST' : null;
}
