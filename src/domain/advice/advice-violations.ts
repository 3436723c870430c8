import type { Catalogue } from './catalogue.js';
import { MEALS, type Meal } from './catalogue-food.js';
import type { DailyAdvice } from './daily-advice.js';
import { foodViolations, type FoodViolation } from './food-violations.js';
import { MEAL_PLAN, shortageCodeOf, type ShortageCode } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { stepGoalViolation, type StepGoalViolation } from './step-goal-violation.js';

/**
 * How advice can be wrong as a whole: NAMES_DIFFER, a name is not that of its food; WRONG_MEAL, a dish is not offered at its meal;
 * OUT_OF_PLAN, a meal holds more of a category than planned; UNTOLD_SHORTAGE, it holds fewer and does not say so.
 */
export type ViolationCode = FoodViolation | StepGoalViolation | 'NAMES_DIFFER' | 'WRONG_MEAL' | 'OUT_OF_PLAN' | 'UNTOLD_SHORTAGE';

/**
 * What is wrong with a rule advice, each code once; empty for a safe one. Pure, and written apart from the rules it checks: it shares their plan and
 * catalogue but none of their reasoning, so that a fault in one shows in the other.
 */
export function violationsOf(advice: DailyAdvice, inputs: PatientInputs, book: FoodBook, catalogue: Catalogue): readonly ViolationCode[] {
  const found: ViolationCode[] = [...foodViolations(advice.dietFoods, inputs, book, catalogue)];
  const goal = stepGoalViolation(advice.exerciseTarget, inputs.steps);
  if (goal !== null) found.push(goal);
  let from = 0;
  for (const meal of MEALS) {
    const names = advice.dietTarget[KEY[meal]];
    const foods = advice.dietFoods.slice(from, from + names.length);
    checkDishes(found, { meal, foods, catalogue, names });
    checkPlan(found, { meal, foods, catalogue, shortages: advice.shortages });
    from += names.length;
  }
  if (from !== advice.dietFoods.length) found.push('NAMES_DIFFER');
  return found.length < 2 ? found : [...new Set(found)];
}

const KEY = { BREAKFAST: 'Breakfast', LUNCH: 'Lunch', DINNER: 'Dinner' } as const;

interface MealFoods {
  readonly meal: Meal;
  /** Catalogue indexes. */
  readonly foods: readonly number[];
  readonly catalogue: Catalogue;
}

function checkDishes(found: ViolationCode[], dishes: MealFoods & { readonly names: readonly string[] }): void {
  const { meal, foods, catalogue, names } = dishes;
  for (let at = 0; at < names.length; at++) {
    const food = catalogue.foods[foods[at] ?? -1];
    if (food === undefined || (food.nameKo !== names[at] && food.nameEn !== names[at])) found.push('NAMES_DIFFER');
    else if (!food.meals.includes(meal)) found.push('WRONG_MEAL');
  }
}

function checkPlan(
  found: ViolationCode[],
  { meal, foods, shortages, catalogue }: MealFoods & { readonly shortages: readonly ShortageCode[] },
): void {
  let planned = 0;
  for (const slot of MEAL_PLAN) {
    if (slot.meal !== meal) continue;
    let count = 0;
    for (const index of foods) if (catalogue.foods[index]?.category === slot.category) count += 1;
    planned += count;
    if (count > slot.count) found.push('OUT_OF_PLAN');
    if (count < slot.count && !shortages.includes(shortageCodeOf(slot))) found.push('UNTOLD_SHORTAGE');
  }
  if (planned !== foods.length) found.push('OUT_OF_PLAN');
}
