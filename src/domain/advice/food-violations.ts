import type { Catalogue } from './catalogue.js';
import { checkedFoods } from './checked-foods.js';
import { allergensToAvoid, type FoodBook, type PatientInputs } from './patient-inputs.js';
import type { FoodViolation } from './violation-codes.js';

/** What is wrong with offering these foods (catalogue indexes) to this user; empty when nothing is, a code may stand there twice. Holds for any generator. */
export function foodViolations(
  offered: readonly number[],
  inputs: PatientInputs,
  book: FoodBook,
  catalogue: Catalogue,
): readonly FoodViolation[] {
  const foods = checkedFoods(catalogue);
  foods.begin(inputs, book);
  const avoid = allergensToAvoid(inputs.allergens);
  let found: FoodViolation[] | undefined;
  for (let at = 0; at < offered.length; at++) {
    const index = offered[at] as number;
    if (!(Number.isInteger(index) && index >= 0 && index < foods.size)) {
      (found ??= []).push('NOT_IN_CATALOGUE');
      continue;
    }
    if (foods.low[index] !== 1) (found ??= []).push('NOT_LOW_FODMAP');
    if (((catalogue.allergens[index] ?? 0) & avoid) !== 0) (found ??= []).push('ALLERGEN');
    if (foods.wasEaten(index)) (found ??= []).push('EATEN_RECENTLY');
    if (!foods.offer(index)) (found ??= []).push('REPEATED_FOOD');
  }
  return found ?? NOTHING;
}

const NOTHING: readonly FoodViolation[] = [];
