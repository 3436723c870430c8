/** How a set of offered foods can harm or fail a user, whether rules or a model chose them. */
export const FOOD_VIOLATIONS = ['NOT_IN_CATALOGUE', 'NOT_LOW_FODMAP', 'ALLERGEN', 'NOT_WANTED', 'EATEN_RECENTLY', 'REPEATED_FOOD'] as const;
export type FoodViolation = (typeof FOOD_VIOLATIONS)[number];

/**
 * How a day's dishes can be wrong as a whole: WRONG_MEAL, a dish is not offered at its meal; OUT_OF_PLAN, a meal holds more of a category than planned; WRONG_COUNT, a meal holds another
 * number of dishes than it must; ONLY_STAPLES, NO_PROTEIN_DISH and NO_VEGETABLE_DISH, a meal lacks what it could have.
 */
export const MEAL_VIOLATIONS = [
  'WRONG_MEAL',
  'OUT_OF_PLAN',
  'WRONG_COUNT',
  'ONLY_STAPLES',
  'NO_PROTEIN_DISH',
  'NO_VEGETABLE_DISH',
] as const;
export type MealViolation = (typeof MEAL_VIOLATIONS)[number];

/** How a menu can be wrong. */
export type MenuViolation = FoodViolation | MealViolation;

/** MALFORMED_ANSWER: a model's answer was not the object that was asked for, so that nothing in it could be checked. */
export const ANSWER_VIOLATIONS = ['MALFORMED_ANSWER'] as const;

/** POINT_NOT_TRUE: a point was chosen that is not true of the patient. It is dropped, and keeps nothing from being saved. */
export const POINT_VIOLATIONS = ['POINT_NOT_TRUE'] as const;

/**
 * UNSAID_WARNING: a warning is true of the patient, and may not be said: it is not signed, or recalled. No other choice mends that. EMPTY_TEXT: a text would hold no sentence, since none that may be said was
 * chosen and is true.
 */
const SILENCE_VIOLATIONS = ['UNSAID_WARNING', 'EMPTY_TEXT'] as const;

/** Codes of earlier releases, which wrote prose: events of theirs still hold them. */
const FORMER_VIOLATIONS = [
  'STEP_GOAL_OUT_OF_BOUNDS',
  'STEP_GOAL_GROWS_TOO_FAST',
  'STEP_GOAL_TOO_LOW',
  'NAMES_DIFFER',
  'UNTOLD_SHORTAGE',
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
  'SLEEP_GOAL_OUT_OF_BOUNDS',
] as const;

/** Everything that the gate can find in a choice, and could once. */
export const VIOLATIONS = [
  ...FOOD_VIOLATIONS,
  ...MEAL_VIOLATIONS,
  ...ANSWER_VIOLATIONS,
  ...POINT_VIOLATIONS,
  ...SILENCE_VIOLATIONS,
  ...FORMER_VIOLATIONS,
] as const;
export type ViolationCode = (typeof VIOLATIONS)[number];
