import type { Catalogue } from './catalogue/catalogue.js';
import { MEALS } from './catalogue/dish.js';
import { dayFiguresOf } from './day-figures.js';
import { eatenFoodsOf } from './eaten-food.js';
import { bitCount } from './bit-count.js';
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
    steps: stepPlanOf(inputs.steps, goalsOf(inputs)),
    sleep: null,
    eatenFoods,
    dishes: dishesOf(meals, composed, catalogue),
    shortages: bitCount(shortSlots),
    leastMeal: leastOf(meals),
    turn: dayNumber(inputs.recordDate) + Math.abs(inputs.userId),
    eaten: null,
    dish: null,
    values: undefined,
  };
}

const NO_GOALS: readonly number[] = [];

function goalsOf({ earlierGoals }: PatientInputs): readonly number[] {
  return earlierGoals === undefined || earlierGoals.length === 0 ? NO_GOALS : earlierGoals.map(({ goal }) => goal);
}

function leastOf(meals: readonly (readonly number[])[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let meal = 0; meal < meals.length; meal += 1) least = Math.min(least, meals[meal]?.length ?? 0);
  return least;
}

function dishesOf(meals: readonly (readonly number[])[], composed: readonly number[], catalogue: Catalogue): OfferedDish[] {
  const known = offeredDishes(catalogue);
  const first: OfferedDish[] = [];
  const others: OfferedDish[] = [];
  for (let meal = 0; meal < meals.length; meal += 1) {
    const places = meals[meal] ?? [];
    for (let nth = 0; nth < places.length; nth += 1) {
      const isComposed = nth < (composed[meal] ?? 0);
      const dish = known[((places[nth] ?? -1) * MEALS.length + meal) * 2 + (isComposed ? 1 : 0)];
      if (dish !== undefined) (isComposed ? first : others).push(dish);
    }
  }
  for (const dish of others) first.push(dish);
  return first;
}

const made = new WeakMap<Catalogue, readonly OfferedDish[]>();

/** Every offer at every meal, as an alternative and as part of the composed meal: made once, so that a patient costs no object for it. */
function offeredDishes(catalogue: Catalogue): readonly OfferedDish[] {
  let all = made.get(catalogue);
  if (all === undefined) {
    all = catalogue.offers.flatMap((offer, place) => {
      const dish = catalogue.dishes[offer.dish];
      if (dish === undefined) throw new TypeError(`offer ${place} of the catalogue is of a dish that it does not hold`);
      return MEALS.flatMap((meal) =>
        [false, true].map((isComposed): OfferedDish => ({ place, offer, dish, meal, isComposed, values: undefined, fulfils: undefined })),
      );
    });
    made.set(catalogue, all);
  }
  return all;
}
