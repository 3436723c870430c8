import type { Catalogue } from './catalogue.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue-food.js';
import { checkedFoods, PLANNED, type CheckedFoods } from './checked-foods.js';
import type { DailyAdvice } from './daily-advice.js';
import { foodViolations } from './food-violations.js';
import { shortageCodeOf } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { stepGoalViolation } from './step-goal-violation.js';
import type { ViolationCode } from './violation-codes.js';

/** Dishes that each meal must hold, in the order of `MEALS`. */
export type DishCounts = readonly [breakfast: number, lunch: number, dinner: number];

/** What advice is judged by beside its user's inputs. */
export interface Grounds {
  readonly book: FoodBook;
  readonly catalogue: Catalogue;
  /** Absent for advice that keeps to the plan of the rules. */
  readonly dishes?: DishCounts;
}

/**
 * What is wrong with the foods and figures of an advice, each code once; empty when nothing is. Pure, and written apart from the rules it checks: it
 * shares their plan and catalogue but none of their reasoning, so that a fault in one shows in the other.
 */
export function violationsOf(advice: DailyAdvice, inputs: PatientInputs, { book, catalogue, dishes }: Grounds): readonly ViolationCode[] {
  const found: ViolationCode[] = [...foodViolations(advice.dietFoods, inputs, book, catalogue)];
  const goal = stepGoalViolation(advice.exerciseTarget, inputs.steps);
  if (goal !== null) found.push(goal);
  const foods = checkedFoods(catalogue);
  let from = 0;
  for (let meal = 0; meal < MEALS.length; meal++) {
    const names = advice.dietTarget[KEYS[meal] ?? 'Breakfast'];
    checkNames(found, { names, from, advice, catalogue });
    checkOffer(found, { foods, meal, from, through: from + names.length, advice });
    if (dishes === undefined) checkPlan(found, { foods, meal, from, through: from + names.length, advice });
    else if (names.length !== dishes[meal]) found.push('WRONG_COUNT');
    from += names.length;
  }
  if (from !== advice.dietFoods.length) found.push('NAMES_DIFFER');
  return found.length < 2 ? found : [...new Set(found)];
}

const KEYS = ['Breakfast', 'Lunch', 'Dinner'] as const;

interface Named {
  readonly names: readonly string[];
  readonly from: number;
  readonly advice: DailyAdvice;
  readonly catalogue: Catalogue;
}

function checkNames(found: ViolationCode[], { names, from, advice, catalogue }: Named): void {
  for (let at = 0; at < names.length; at++) {
    const food = catalogue.foods[advice.dietFoods[from + at] ?? -1];
    if (food === undefined || (food.nameKo !== names[at] && food.nameEn !== names[at])) found.push('NAMES_DIFFER');
  }
}

interface Served {
  readonly foods: CheckedFoods;
  /** Index in `MEALS`. */
  readonly meal: number;
  /** The meal's place in `dietFoods`. */
  readonly from: number;
  readonly through: number;
  readonly advice: DailyAdvice;
}

function checkOffer(found: ViolationCode[], { foods, meal, from, through, advice: { dietFoods } }: Served): void {
  for (let at = from; at < through; at++) {
    const index = dietFoods[at] ?? -1;
    if (index >= 0 && index < foods.size && ((foods.meals[index] ?? 0) & (1 << meal)) === 0) found.push('WRONG_MEAL');
  }
}

const counts = new Uint8Array(FOOD_CATEGORIES.length);

function checkPlan(found: ViolationCode[], { foods, meal, from, through, advice }: Served): void {
  counts.fill(0);
  for (let at = from; at < through; at++) {
    const category = foods.category[advice.dietFoods[at] ?? -1] ?? -1;
    if (category >= 0) counts[category] = (counts[category] ?? 0) + 1;
  }
  const planned = PLANNED[meal] ?? counts;
  for (let category = 0; category < counts.length; category++) {
    const [count, wanted] = [counts[category] ?? 0, planned[category] ?? 0];
    if (count > wanted) found.push('OUT_OF_PLAN');
    else if (count < wanted && !tellsShortage(advice, meal, category)) found.push('UNTOLD_SHORTAGE');
  }
}

function tellsShortage({ shortages }: DailyAdvice, meal: number, category: number): boolean {
  return shortages.includes(shortageCodeOf({ meal: MEALS[meal] ?? 'BREAKFAST', category: FOOD_CATEGORIES[category] ?? 'RICE' }));
}
