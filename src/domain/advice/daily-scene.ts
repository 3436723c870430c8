import type { Catalogue } from './catalogue/catalogue.js';
import { dayFiguresOf } from './day-figures.js';
import { eatenFoodsOf } from './eaten-food.js';
import { bitCount } from './bit-count.js';
import { checkedFoods, type CheckedFoods } from './checked-foods.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { dishMenu, dishNumber } from './points/dish-menu.js';
import { hasTreatedDiet, mustNotRestrict } from './points/person-facts.js';
import type { DishMenu, OfferedDish, Scene } from './points/scene.js';
import { leftOutBy } from './left-out.js';
import { dayNumber } from './day-number.js';
import { hasUnmeasuredSteps } from './points/step-facts.js';
import { judgedSteps, stepPlanOf } from './step-plan.js';
import { DISORDER, NO_STEPS } from './treated-diets.js';

/** The scene of a patient and of dishes chosen for them, for the daily program. `composed` says how many dishes of each meal, from the first, are the composed meal. */
export function dailyScene(
  inputs: PatientInputs,
  book: FoodBook,
  offered: { readonly meals: readonly (readonly number[])[]; readonly composed: readonly number[]; readonly shortSlots: number },
  catalogue: Catalogue,
): Scene {
  const eatenFoods = eatenFoodsOf(inputs, book, leftOutBy(inputs.profile, catalogue));
  const { meals, composed, shortSlots } = offered;
  const menu = dishMenu(catalogue);
  const numbers = numbersOf(meals, composed);
  return {
    inputs,
    day: dayFiguresOf(inputs, eatenFoods, book),
    steps:
      hasUnmeasuredSteps({ inputs }) || hasTreatedDiet({ inputs }, DISORDER | NO_STEPS)
        ? null
        : judgedSteps(inputs.profile?.age, stepPlanOf(inputs.steps, goalsOf(inputs), mustNotRestrict({ inputs }))),
    sleep: null,
    eatenFoods,
    dishes: dishesOf(numbers, menu),
    numbers,
    menu,
    shortages: bitCount(shortSlots),
    leastMeal: leastOf(meals),
    isLacking: isLacking(meals, checkedFoods(catalogue)),
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

/** Whether lunch or dinner has dishes and none with protein, or none with vegetables. Of a menu without dishes the reason is told instead. */
function isLacking(meals: readonly (readonly number[])[], { protein, vegetable }: CheckedFoods): boolean {
  for (let meal = 1; meal < meals.length; meal += 1) {
    const places = meals[meal] ?? [];
    let [hasProtein, hasVegetable] = [0, 0];
    for (let at = 0; at < places.length; at += 1) {
      hasProtein |= protein[places[at] as number] ?? 0;
      hasVegetable |= vegetable[places[at] as number] ?? 0;
    }
    if ((hasProtein & hasVegetable) === 0) return true;
  }
  return false;
}

/** Numbers of the dishes, those of the composed meals first. */
function numbersOf(meals: readonly (readonly number[])[], composed: readonly number[]): number[] {
  const numbers: number[] = [];
  for (let isOther = 0; isOther < 2; isOther += 1) {
    for (let meal = 0; meal < meals.length; meal += 1) {
      const places = meals[meal] ?? [];
      const set = Math.min(places.length, composed[meal] ?? 0);
      const end = isOther === 0 ? set : places.length;
      for (let nth = isOther === 0 ? 0 : set; nth < end; nth += 1) numbers.push(dishNumber(places[nth] as number, meal, isOther === 0));
    }
  }
  return numbers;
}

function dishesOf(numbers: readonly number[], { dishes }: DishMenu): OfferedDish[] {
  const offered: OfferedDish[] = [];
  for (let at = 0; at < numbers.length; at += 1) offered.push(dishes[numbers[at] as number] as OfferedDish);
  return offered;
}
