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
  const ofFoods = foodViolations(meals, inputs, book, catalogue);
  const found: MenuViolation[] = ofFoods.length === 0 ? [] : [...ofFoods];
  const foods = checkedFoods(catalogue);
  const candidates = catalogue.candidates(inputs.allergens, inputs.profile?.preferences);
  for (let meal = 0; meal < meals.length; meal += 1) {
    const places = meals[meal] ?? [];
    if (isOfAnother(meal, places, foods)) found.push('WRONG_MEAL');
    if (dishes === undefined) checkPlan(found, foods, meal, places);
    else if (places.length !== dishes[meal]) found.push('WRONG_COUNT');
    const lacking = balanceViolations(foods, { meal, places, candidates });
    for (let at = 0; at < lacking.length; at += 1) found.push(lacking[at] as MenuViolation);
  }
  if (meals.length !== MEALS.length) found.push('WRONG_COUNT');
  return found.length < 2 ? found : [...new Set(found)];
}

function checkPlan(found: MenuViolation[], foods: CheckedFoods, meal: number, places: readonly number[]): void {
  const planned = PLANNED[meal];
  for (let category = 0; category < FOOD_CATEGORIES.length; category += 1) {
    let count = 0;
    for (let at = 0; at < places.length; at += 1) if (foods.category[places[at] as number] === category) count += 1;
    if (count > (planned?.[category] ?? 0)) return void found.push('OUT_OF_PLAN');
  }
}

/** Whether a dish is not offered at its meal. */
function isOfAnother(meal: number, places: readonly number[], foods: CheckedFoods): boolean {
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    if (place >= 0 && place < foods.size && ((foods.meals[place] ?? 0) & (1 << meal)) === 0) return true;
  }
  return false;
}
