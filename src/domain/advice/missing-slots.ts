import type { Catalogue } from './catalogue/catalogue.js';
import { checkedFoods } from './checked-foods.js';
import { FOOD_CATEGORIES } from './catalogue/dish.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';

/** A bit for each place in `MEAL_PLAN` of which a menu has fewer dishes than it wants. */
export function missingSlots(meals: readonly (readonly number[])[], catalogue: Catalogue): number {
  const { category } = checkedFoods(catalogue);
  let bits = 0;
  for (const [meal, slots] of SLOTS_OF_MEAL.entries()) {
    for (const slot of slots) {
      const { category: wanted = 'RICE', count = 0 } = MEAL_PLAN[slot] ?? {};
      const index = FOOD_CATEGORIES.indexOf(wanted);
      const held = (meals[meal] ?? []).reduce((sum, place) => (category[place] === index ? sum + 1 : sum), 0);
      if (held < count) bits |= 1 << slot;
    }
  }
  return bits;
}
