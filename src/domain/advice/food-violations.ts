import type { Catalogue } from './catalogue.js';
import { allergensToAvoid, type FoodBook, type PatientInputs } from './patient-inputs.js';

/** How a set of offered foods can harm or fail a user, whoever chose it. */
export type FoodViolation = 'NOT_IN_CATALOGUE' | 'NOT_LOW_FODMAP' | 'ALLERGEN' | 'EATEN_RECENTLY' | 'REPEATED_FOOD';

const EATEN = 1;
const OFFERED = 2;

/** What is wrong with offering these foods (catalogue indexes) to this user, each code once; empty when nothing is. Holds for advice of any generator. */
export function foodViolations(
  offered: readonly number[],
  inputs: PatientInputs,
  book: FoodBook,
  catalogue: Catalogue,
): readonly FoodViolation[] {
  const found: FoodViolation[] = [];
  const avoid = allergensToAvoid(inputs.allergens);
  const seen = eatenFoods(inputs, book, catalogue);
  for (const index of offered) {
    const food = catalogue.foods[index];
    if (food === undefined) {
      found.push('NOT_IN_CATALOGUE');
      continue;
    }
    const before = seen[index] ?? 0;
    if (food.fodmap !== 'LOW') found.push('NOT_LOW_FODMAP');
    if (((catalogue.allergens[index] ?? 0) & avoid) !== 0) found.push('ALLERGEN');
    if ((before & EATEN) !== 0) found.push('EATEN_RECENTLY');
    if ((before & OFFERED) !== 0) found.push('REPEATED_FOOD');
    seen[index] = before | OFFERED;
  }
  return found.length < 2 ? found : [...new Set(found)];
}

function eatenFoods({ today, recent }: PatientInputs, book: FoodBook, catalogue: Catalogue): Uint8Array {
  const eaten = new Uint8Array(catalogue.foods.length);
  for (const ids of [today, recent]) {
    for (const id of ids) {
      const index = book.get(id)?.catalogueIndex ?? -1;
      if (index >= 0) eaten[index] = EATEN;
    }
  }
  return eaten;
}
