import type { Catalogue } from './catalogue/catalogue.js';
import { checkedFoods } from './checked-foods.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { ALL_RESTRICTIONS } from './restrictions.js';
import type { FoodViolation } from './violation-codes.js';

/** What is wrong with offering the dishes of these meals (places in `Catalogue.offers`) to this user; empty when nothing is, a code may stand there twice. Holds for any generator. */
export function foodViolations(
  meals: readonly (readonly number[])[],
  inputs: PatientInputs,
  book: FoodBook,
  catalogue: Catalogue,
): readonly FoodViolation[] {
  const foods = checkedFoods(catalogue);
  foods.begin(inputs, book);
  const avoid = inputs.allergens & ALL_RESTRICTIONS;
  const unwanted = inputs.profile?.preferences ?? 0;
  let found: FoodViolation[] | undefined;
  for (let meal = 0; meal < meals.length; meal += 1) {
    const offered = meals[meal] ?? NO_DISHES;
    for (let at = 0; at < offered.length; at++) {
      const place = offered[at] as number;
      if (!(Number.isInteger(place) && place >= 0 && place < foods.size)) {
        (found ??= []).push('NOT_IN_CATALOGUE');
        continue;
      }
      if (foods.low[place] !== 1) (found ??= []).push('NOT_LOW_FODMAP');
      if (((catalogue.restrictions[place] ?? 0) & avoid) !== 0) (found ??= []).push('ALLERGEN');
      if (((catalogue.dislikes[place] ?? 0) & unwanted) !== 0) (found ??= []).push('NOT_WANTED');
      if (foods.wasEaten(place)) (found ??= []).push('EATEN_RECENTLY');
      if (!foods.offer(place)) (found ??= []).push('REPEATED_FOOD');
    }
  }
  return found ?? NOTHING;
}

const NOTHING: readonly FoodViolation[] = [];
const NO_DISHES: readonly number[] = [];
