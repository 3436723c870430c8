import { ageOn } from './age.js';
import type { Evidence } from './facts.js';
import { sleepGoal } from './sleeping.js';
import { hasNoGoal, LEAST_GOAL, reachedGoal } from './walking.js';

/** What is wrong with the number of a row: a step goal that grows too fast, is under the least or lowers one that is being met; a sleep goal that does not follow from the nights. */
export function goalFaults({ row, walking, records }: Evidence): string[] {
  if (row.gubun === 'sleep')
    return row.sleepTarget === sleepGoal(records.sleep, ageOn(records.recordDate, records.profile?.birthDate))
      ? []
      : [`SLEEP_GOAL ${row.sleepTarget}`];
  const { exerciseTarget: goal } = row;
  // Of what was not measured, and for a child, there is none.
  if (walking === null || hasNoGoal(records)) return goal === null ? [] : [`STEP_GOAL ${goal}`];
  if (goal === null || !Number.isInteger(goal)) return [`STEP_GOAL ${goal}`];
  if (goal < LEAST_GOAL || goal > walking.most + 1e-6) return [`STEP_GOAL ${goal} of ${LEAST_GOAL} to ${walking.most}`];
  return goal < reachedGoal(walking, records) ? [`GOAL_LOWERED ${goal}`] : [];
}
