import { isStaple } from './catalogue/dish-kinds.js';
import { FOOD_CATEGORIES } from './catalogue/dish.js';
import type { CheckedFoods } from './checked-foods.js';
import { SLOTS_OF_MEAL } from './meal-plan.js';
import type { MealViolation } from './violation-codes.js';

/** A meal and what it could have been made of. */
export interface JudgedMeal {
  /** Index in `MEALS`. */
  readonly meal: number;
  /** Places in `Catalogue.offers`. */
  readonly places: readonly number[];
  /** `Catalogue.candidates` of the patient. */
  readonly candidates: readonly Uint16Array[];
}

/**
 * What a meal lacks that it could have: a protein or a vegetable dish (asked of lunch and dinner; of breakfast that it is not of staples alone), where there is one that the
 * patient may eat, did not eat lately, and is not offered at another meal.
 */
export function balanceViolations(foods: CheckedFoods, { meal, places, candidates }: JudgedMeal): readonly MealViolation[] {
  const could = (fits: (place: number) => boolean): boolean => {
    return (SLOTS_OF_MEAL[meal] ?? []).some((slot) =>
      candidates[slot]?.some((place) => fits(place) && !foods.wasEaten(place) && !foods.isOffered(place)),
    );
  };
  const lacks = (fits: (place: number) => boolean): boolean => !places.some(fits) && could(fits);
  const isNoStaple = (place: number): boolean => !isStaple(FOOD_CATEGORIES[foods.category[place] ?? -1] ?? 'RICE');
  if (meal === 0) return lacks(isNoStaple) ? ['ONLY_STAPLES'] : NOTHING;
  const found: MealViolation[] = [];
  if (lacks((place) => foods.protein[place] === 1)) found.push('NO_PROTEIN_DISH');
  if (lacks((place) => foods.vegetable[place] === 1)) found.push('NO_VEGETABLE_DISH');
  return found;
}

const NOTHING: readonly MealViolation[] = [];
