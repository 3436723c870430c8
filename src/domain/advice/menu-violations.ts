import type { Catalogue } from './catalogue/catalogue.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue/dish.js';
import { balanceViolations } from './balance-violations.js';
import { checkedFoods, PLANNED, type CheckedFoods } from './checked-foods.js';
import { foodViolations } from './food-violations.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import type { MenuViolation } from './violation-codes.js';

/** Dishes that each meal must hold, in the order of `MEALS`. */
export type DishCounts = readonly [breakfast: number, lunch: number, dinner: number];

/** What a menu is judged by beside its user's inputs. */
export interface Grounds {
  readonly book: FoodBook;
  readonly catalogue: Catalogue;
  /** Absent for a menu that keeps to the plan of the rules. */
  readonly dishes?: DishCounts;
}

/**
 * What is wrong with the dishes of a day, each code once; empty when nothing is. Pure, and written apart from the rules that it checks: it shares their plan and catalogue but none of
 * their reasoning, so that a fault in one shows in the other.
 */
export function menuViolations(
  meals: readonly (readonly number[])[],
  inputs: PatientInputs,
  { book, catalogue, dishes }: Grounds,
): readonly MenuViolation[] {
  const found: MenuViolation[] = [...foodViolations(meals.flat(), inputs, book, catalogue)];
  const foods = checkedFoods(catalogue);
  const candidates = catalogue.candidates(inputs.allergens, inputs.profile?.preferences);
  for (const [meal, places] of meals.entries()) {
    if (places.some((place) => place >= 0 && place < foods.size && ((foods.meals[place] ?? 0) & (1 << meal)) === 0))
      found.push('WRONG_MEAL');
    if (dishes === undefined) checkPlan(found, foods, meal, places);
    else if (places.length !== dishes[meal]) found.push('WRONG_COUNT');
    found.push(...balanceViolations(foods, { meal, places, candidates }));
  }
  if (meals.length !== MEALS.length) found.push('WRONG_COUNT');
  return found.length < 2 ? found : [...new Set(found)];
}

function checkPlan(found: MenuViolation[], foods: CheckedFoods, meal: number, places: readonly number[]): void {
  const counts = new Uint8Array(FOOD_CATEGORIES.length);
  for (const place of places) {
    const category = foods.category[place] ?? -1;
    if (category >= 0) counts[category] = (counts[category] ?? 0) + 1;
  }
  if (counts.some((count, category) => count > (PLANNED[meal]?.[category] ?? 0))) found.push('OUT_OF_PLAN');
}
