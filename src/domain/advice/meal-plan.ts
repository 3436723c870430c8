import { type FoodCategory, MEALS, type Meal } from './catalogue/dish.js';

/** A place in the day's plan: how many dishes of one category one meal takes. */
export interface PlanSlot {
  readonly meal: Meal;
  readonly category: FoodCategory;
  readonly count: number;
}

/**
 * What a day of advice is made of: 11 dishes at breakfast, 10 at lunch, 9 at dinner. Source: the figures of IBSafe's own rule engine, of whose four side dishes at breakfast one is a
 * fruit here and one a snack, and of whose three soups one is a drink: low portions of fruit, lactose-free yoghurt and lactose-free milk were never offered.
 */
export const MEAL_PLAN: readonly PlanSlot[] = [
  { meal: 'BREAKFAST', category: 'RICE', count: 2 },
  { meal: 'BREAKFAST', category: 'PORRIDGE', count: 2 },
  { meal: 'BREAKFAST', category: 'SOUP_STEW', count: 2 },
  { meal: 'BREAKFAST', category: 'SIDE_DISH', count: 2 },
  { meal: 'BREAKFAST', category: 'FRUIT', count: 1 },
  { meal: 'BREAKFAST', category: 'SNACK', count: 1 },
  { meal: 'BREAKFAST', category: 'DRINK', count: 1 },
  { meal: 'LUNCH', category: 'RICE', count: 2 },
  { meal: 'LUNCH', category: 'NOODLE', count: 2 },
  { meal: 'LUNCH', category: 'SOUP_STEW', count: 2 },
  { meal: 'LUNCH', category: 'PROTEIN_MAIN', count: 4 },
  { meal: 'DINNER', category: 'RICE', count: 2 },
  { meal: 'DINNER', category: 'PORRIDGE', count: 1 },
  { meal: 'DINNER', category: 'SOUP_STEW', count: 2 },
  { meal: 'DINNER', category: 'PROTEIN_MAIN', count: 4 },
];

/** Says that a meal got fewer dishes of a category than the plan wants, because no safe one was left. */
export type ShortageCode = `${Meal}_${FoodCategory}`;

/** The code of a slot's shortage. */
export function shortageCodeOf({ meal, category }: Pick<PlanSlot, 'meal' | 'category'>): ShortageCode {
  return `${meal}_${category}`;
}

/** The plan's slots of each meal in the order of `MEALS`, as indexes into `MEAL_PLAN`. */
export const SLOTS_OF_MEAL: readonly (readonly number[])[] = MEALS.map((meal) =>
  MEAL_PLAN.flatMap((slot, at) => (slot.meal === meal ? [at] : [])),
);
