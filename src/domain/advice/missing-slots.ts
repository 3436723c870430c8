import type { Catalogue } from './catalogue/catalogue.js';
import { checkedFoods } from './checked-foods.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue/dish.js';
import { MEAL_PLAN } from './meal-plan.js';

/** A bit for each place in `MEAL_PLAN` of which a menu has fewer dishes than it wants. */
export function missingSlots(meals: readonly (readonly number[])[], catalogue: Catalogue): number {
  const { category } = checkedFoods(catalogue);
  let bits = 0;
  for (let slot = 0; slot < SLOTS.length; slot += 1) {
    const { meal, index, count } = SLOTS[slot] as (typeof SLOTS)[number];
    const places = meals[meal] ?? NONE;
    let held = 0;
    for (let at = 0; at < places.length; at += 1) if (category[places[at] as number] === index) held += 1;
    if (held < count) bits |= 1 << slot;
  }
  return bits;
}

const NONE: readonly number[] = [];
const SLOTS = MEAL_PLAN.map(({ meal, category, count }) => ({
  meal: MEALS.indexOf(meal),
  index: FOOD_CATEGORIES.indexOf(category),
  count,
}));
