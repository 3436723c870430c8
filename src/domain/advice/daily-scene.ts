import type { Catalogue } from './catalogue/catalogue.js';
import { MEALS } from './catalogue/dish.js';
import { dayFiguresOf } from './day-figures.js';
import { eatenFoodsOf } from './eaten-food.js';
import { MEAL_PLAN } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import type { OfferedDish, Scene } from './points/scene.js';
import { dayNumber } from './day-number.js';
import { stepPlanOf } from './step-plan.js';

/** The scene of a patient and of dishes chosen for them, for the daily program. `composed` says how many dishes of each meal, from the first, are the composed meal. */
export function dailyScene(
  inputs: PatientInputs,
  book: FoodBook,
  offered: { readonly meals: readonly (readonly number[])[]; readonly composed: readonly number[]; readonly shortSlots: number },
  catalogue: Catalogue,
): Scene {
  const eatenFoods = eatenFoodsOf(inputs, book);
  const { meals, composed, shortSlots } = offered;
  return {
    inputs,
    day: dayFiguresOf(inputs, eatenFoods),
    steps: stepPlanOf(
      inputs.steps,
      (inputs.earlierGoals ?? []).map(({ goal }) => goal),
    ),
    sleep: null,
    eatenFoods,
    dishes: dishesOf(meals, composed, catalogue),
    shortages: MEAL_PLAN.filter((_, slot) => (shortSlots & (1 << slot)) !== 0).length,
    leastMeal: Math.min(...meals.map(({ length }) => length)),
    turn: dayNumber(inputs.recordDate) + Math.abs(inputs.userId),
    eaten: null,
    dish: null,
  };
}

function dishesOf(meals: readonly (readonly number[])[], composed: readonly number[], { offers, dishes }: Catalogue): OfferedDish[] {
  const first: OfferedDish[] = [];
  const others: OfferedDish[] = [];
  for (const [at, places] of meals.entries()) {
    const meal = MEALS[at] ?? 'DINNER';
    for (const [nth, place] of places.entries()) {
      const offer = offers[place];
      const dish = dishes[offer?.dish ?? -1];
      if (offer === undefined || dish === undefined) continue;
      const isComposed = nth < (composed[at] ?? 0);
      (isComposed ? first : others).push({ place, offer, dish, meal, isComposed });
    }
  }
  return first.concat(others);
}
