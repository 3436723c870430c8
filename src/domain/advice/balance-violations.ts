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
  const lacks = (fits: Uint8Array): boolean => !holds(places, fits) && could(foods, { slots: SLOTS_OF_MEAL[meal] ?? [], candidates, fits });
  if (meal === 0) return lacks(foods.besideStaples) ? ['ONLY_STAPLES'] : NOTHING;
  const [protein, vegetable] = [lacks(foods.protein), lacks(foods.vegetable)];
  if (!protein && !vegetable) return NOTHING;
  return [...(protein ? (['NO_PROTEIN_DISH'] as const) : []), ...(vegetable ? (['NO_VEGETABLE_DISH'] as const) : [])];
}

function holds(places: readonly number[], fits: Uint8Array): boolean {
  for (let at = 0; at < places.length; at += 1) if (fits[places[at] as number] === 1) return true;
  return false;
}

/** Whether a slot of the meal could hold a dish that fits. */
function could(
  foods: CheckedFoods,
  { slots, candidates, fits }: { slots: readonly number[]; candidates: readonly Uint16Array[]; fits: Uint8Array },
): boolean {
  return slots.some((slot) => candidates[slot]?.some((place) => fits[place] === 1 && !foods.wasEaten(place) && !foods.isOffered(place)));
}

const NOTHING: readonly MealViolation[] = [];
