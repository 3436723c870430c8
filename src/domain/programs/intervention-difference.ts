/** What of an intervention a user can tell from another: dishes by meal, goals, and texts. */
export const INTERVENTION_FIELDS = [
  'BREAKFAST',
  'LUNCH',
  'DINNER',
  'SUMMARY',
  'DIET_EVALUATION',
  'EXERCISE_EVALUATION',
  'EXERCISE_TARGET',
  'SLEEP_EVALUATION',
  'SLEEP_TARGET',
] as const;
export type InterventionField = (typeof INTERVENTION_FIELDS)[number];

/** An intervention as far as two of them are compared. */
export interface ComparableIntervention {
  readonly dietTarget: {
    readonly Breakfast: readonly string[];
    readonly Lunch: readonly string[];
    readonly Dinner: readonly string[];
    readonly Summary: string;
  } | null;
  readonly dietEvaluation: string;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
}

/** Dishes of a meal that only one of two interventions has. */
export interface MealDifference {
  readonly meal: 'BREAKFAST' | 'LUNCH' | 'DINNER';
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A goal before and after; either is null where there is none. */
export interface GoalDifference {
  readonly before: number | null;
  readonly after: number | null;
}

/** A text that reads otherwise: how long it was and is, in characters. */
export interface TextDifference {
  readonly field: InterventionField;
  readonly lengthBefore: number;
  readonly lengthAfter: number;
}

/** What changed from one intervention to another. */
export interface InterventionDifference {
  /** Every field that differs, in the order of `INTERVENTION_FIELDS`. */
  readonly fields: readonly InterventionField[];
  readonly meals: readonly MealDifference[];
  readonly exerciseTarget: GoalDifference | null;
  readonly sleepTarget: GoalDifference | null;
  readonly texts: readonly TextDifference[];
}

/** Compares two interventions. Meals are sets: dishes in another order are the same meal. An absent text equals an empty one. */
export function differenceOf(before: ComparableIntervention, after: ComparableIntervention): InterventionDifference {
  const meals = MEALS.flatMap(([meal, key]) => mealDifference(meal, before.dietTarget?.[key] ?? [], after.dietTarget?.[key] ?? []));
  const texts = TEXTS.flatMap(([field, textOf]) => textDifference(field, textOf(before) ?? '', textOf(after) ?? ''));
  const exerciseTarget = goalDifference(before.exerciseTarget, after.exerciseTarget);
  const sleepTarget = goalDifference(before.sleepTarget, after.sleepTarget);
  const changed = new Set<InterventionField>([...meals.map(({ meal }) => meal), ...texts.map(({ field }) => field)]);
  if (exerciseTarget !== null) changed.add('EXERCISE_TARGET');
  if (sleepTarget !== null) changed.add('SLEEP_TARGET');
  return { fields: INTERVENTION_FIELDS.filter((field) => changed.has(field)), meals, exerciseTarget, sleepTarget, texts };
}

const MEALS = [
  ['BREAKFAST', 'Breakfast'],
  ['LUNCH', 'Lunch'],
  ['DINNER', 'Dinner'],
] as const;

const TEXTS: readonly (readonly [InterventionField, (one: ComparableIntervention) => string | null | undefined])[] = [
  ['SUMMARY', ({ dietTarget }) => dietTarget?.Summary],
  ['DIET_EVALUATION', ({ dietEvaluation }) => dietEvaluation],
  ['EXERCISE_EVALUATION', ({ exerciseEvaluation }) => exerciseEvaluation],
  ['SLEEP_EVALUATION', ({ sleepEvaluation }) => sleepEvaluation],
];

function mealDifference(meal: MealDifference['meal'], before: readonly string[], after: readonly string[]): MealDifference[] {
  // Sets, since a row of the app may hold a list of any length.
  const [had, has] = [new Set(before), new Set(after)];
  const added = after.filter((dish) => !had.has(dish));
  const removed = before.filter((dish) => !has.has(dish));
  return added.length + removed.length === 0 ? [] : [{ meal, added, removed }];
}

function goalDifference(before: number | null, after: number | null): GoalDifference | null {
  return before === after ? null : { before, after };
}

function textDifference(field: InterventionField, before: string, after: string): TextDifference[] {
  return before === after ? [] : [{ field, lengthBefore: before.length, lengthAfter: after.length }];
}
