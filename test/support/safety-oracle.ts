import type { FoodBook, PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { Catalogue } from '../../src/domain/advice/catalogue/catalogue.js';
import { ALLERGENS } from '../../src/domain/advice/patient-inputs.js';

/** What a patient would be given: a row's advice, by names as IBSafe's app shows it. */
export interface GivenAdvice {
  readonly meals: readonly (readonly string[])[];
  readonly texts: readonly string[];
  readonly goal: number;
}

/**
 * What could hurt this patient, in words; empty when nothing could. Written apart from the gate: it knows names instead of indexes, searches instead of
 * tables, and reads texts for a few plain words only.
 */
export function dangersOf(
  { meals, texts, goal }: GivenAdvice,
  inputs: PatientInputs,
  { book, catalogue }: { book: FoodBook; catalogue: Catalogue },
): string[] {
  const names = meals.flat();
  const byName = new Map(catalogue.foods.flatMap((food) => [[food.nameKo, food] as const, [food.nameEn, food] as const]));
  const foods = names.map((name) => byName.get(name));
  const eaten = new Set([...inputs.recent, ...inputs.today].map((id) => catalogue.foods[book.get(id)?.catalogueIndex ?? -1]));
  const avoided = ALLERGENS.filter(
    (allergen, at) => (inputs.allergens >> at) % 2 === 1 || (allergen === 'LACTOSE' && inputs.allergens >= 64),
  );
  const last = inputs.steps.slice(-3);
  const mean = last.reduce((sum, steps) => sum + steps, 0) / last.length;
  const most = mean < 1 ? 1_000 : Math.min(10_000, mean * 1.1 + 1e-6, mean + 1_500);
  const dangers: string[] = [];
  if (foods.includes(undefined)) dangers.push('a food that nobody knows');
  if (new Set(names).size !== names.length) dangers.push('a food twice');
  if (foods.some((food) => food !== undefined && food.fodmap !== 'LOW')) dangers.push('a food that is not low in FODMAPs');
  if (foods.some((food) => food?.allergens.some((allergen) => avoided.includes(allergen)) === true)) dangers.push('an allergen');
  if (foods.some((food) => food !== undefined && eaten.has(food))) dangers.push('a food eaten lately');
  if (!Number.isInteger(goal) || goal < 1 || goal > most) dangers.push(`a goal of ${goal} after ${mean}`);
  for (const text of texts) {
    if (text.length > 1_000 || text.trim() === '') dangers.push('a text of no sensible length');
    if (/[<>[\]{}]|https?:|javascript:|\p{Cc}|\p{Cf}|\p{Cs}/u.test(text)) dangers.push('markup, an address or control characters');
    if (/완치|지사제|복용|크론|진단|cure|garlic bread/iu.test(text)) dangers.push('a claim');
    if (/50,000|3만/u.test(text)) dangers.push('a wild figure');
  }
  return dangers;
}
