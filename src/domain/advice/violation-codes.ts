/** How a set of offered foods can harm or fail a user, whoever chose it. */
export const FOOD_VIOLATIONS = ['NOT_IN_CATALOGUE', 'NOT_LOW_FODMAP', 'ALLERGEN', 'EATEN_RECENTLY', 'REPEATED_FOOD'] as const;
export type FoodViolation = (typeof FOOD_VIOLATIONS)[number];

/** How a step goal can be wrong: not a whole number from 1 to 10,000, more above the last days than the cap allows, or below the floor and them. */
export const STEP_GOAL_VIOLATIONS = ['STEP_GOAL_OUT_OF_BOUNDS', 'STEP_GOAL_GROWS_TOO_FAST', 'STEP_GOAL_TOO_LOW'] as const;
export type StepGoalViolation = (typeof STEP_GOAL_VIOLATIONS)[number];

/**
 * How a day's dishes can be wrong as a whole: NAMES_DIFFER, a name is not that of its food; WRONG_MEAL, a dish is not offered at its meal;
 * OUT_OF_PLAN, a meal holds more of a category than planned; UNTOLD_SHORTAGE, it holds fewer and does not say so; WRONG_COUNT, a meal holds
 * another number of dishes than it must.
 */
export const MEAL_VIOLATIONS = ['NAMES_DIFFER', 'WRONG_MEAL', 'OUT_OF_PLAN', 'UNTOLD_SHORTAGE', 'WRONG_COUNT'] as const;
export type MealViolation = (typeof MEAL_VIOLATIONS)[number];

/**
 * How a text can be wrong. ALLERGEN_IN_TEXT and HIGH_FODMAP_IN_TEXT, it names what is to be avoided and does not say to avoid it; FIGURE_IN_TEXT, it speaks of more steps
 * than the goal and the user's own mean; INVALID_UNICODE, it holds half a surrogate pair or a character that is none.
 */
export const TEXT_VIOLATIONS = [
  'EMPTY_TEXT',
  'TEXT_TOO_LONG',
  'WRONG_LANGUAGE',
  'MARKUP',
  'ADDRESS',
  'CONTROL_CHARACTER',
  'INVALID_UNICODE',
  'MEDICATION',
  'DIAGNOSIS',
  'CURE_PROMISED',
  'ALLERGEN_IN_TEXT',
  'HIGH_FODMAP_IN_TEXT',
  'FIGURE_IN_TEXT',
] as const;
export type TextViolation = (typeof TEXT_VIOLATIONS)[number];

/** MALFORMED_ANSWER: a model's answer was not the object that was asked for, so that nothing in it could be checked. */
export const ANSWER_VIOLATIONS = ['MALFORMED_ANSWER'] as const;
export type AnswerViolation = (typeof ANSWER_VIOLATIONS)[number];

/** How a sleep goal can be wrong: not within 6 to 9 hours. */
export const SLEEP_VIOLATIONS = ['SLEEP_GOAL_OUT_OF_BOUNDS'] as const;
export type SleepViolation = (typeof SLEEP_VIOLATIONS)[number];

/** Everything that keeps an advice from being saved. A program that advises on something else adds its list here. */
export const VIOLATIONS = [
  ...FOOD_VIOLATIONS,
  ...STEP_GOAL_VIOLATIONS,
  ...MEAL_VIOLATIONS,
  ...TEXT_VIOLATIONS,
  ...ANSWER_VIOLATIONS,
  ...SLEEP_VIOLATIONS,
] as const;
export type ViolationCode = (typeof VIOLATIONS)[number];
