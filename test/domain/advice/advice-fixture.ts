import * as fc from 'fast-check';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { foodBookOf, type IbsafeFoodRow } from '../../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import type { Tongue } from '../../../src/domain/advice/points/tell.js';
import { createRuleEngine, type RuleEngine } from '../../../src/domain/advice/rule-engine.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { isWalkable } from '../../../src/domain/advice/step-plan.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { loadCatalogue } from '../../../src/generators/catalogue/catalogue-file.js';
import { loadPoints } from '../../../src/generators/points/points-file.js';

/** The catalogue that is shipped: the rules are tested on what patients get. */
export const catalogue = loadCatalogue();
export const vocabulary = loadPoints();
/** What advice is said with, in Korean and in English. */
export const korean: Tongue = { vocabulary, language: 'ko' };
export const english: Tongue = { vocabulary, language: 'en' };

const catalogueRows = catalogue.dishes.map((food, index): IbsafeFoodRow => row(index + 1, { foodCode: food.code, foodName: food.nameKo }));
const CLASSES = ['저', '중', '고', null];
const otherRows = Array.from({ length: 20 }, (_, n) =>
  row(1_001 + n, { foodName: `바깥음식 ${n}`, fodmap: CLASSES[n % 4] ?? null, fibreGrams: n % 5 }),
);

/** Ids 1, 2, 3 … are the catalogue's foods in its order, 1001 to 1020 foods of IBSafe's own; 9999 is in no book. */
export const book = foodBookOf([...catalogueRows, ...otherRows], catalogue);

/** A row of `ibsafe_food`. */
export function row(id: number, given: Partial<IbsafeFoodRow>): IbsafeFoodRow {
  return { id, foodCode: `D-${id}`, foodName: `food ${id}`, fodmap: null, fodmapBasis: null, fibreGrams: null, ...given };
}

/** The id in `book` of a food of the catalogue. */
export function idOf(nameKo: string): number {
  const index = catalogue.indexOfName(nameKo);
  if (index < 0) throw new RangeError(`${nameKo} is not in the catalogue`);
  return index + 1;
}

/** A patient without allergies who walked 5,000 steps a day and ate nothing that is known. */
export function patient(given: Partial<PatientInputs> = {}): PatientInputs {
  return {
    userId: userId(7),
    recordDate: localDate('2026-03-14'),
    allergens: 0,
    today: [],
    recent: [],
    steps: [5_000, 5_000, 5_000, 5_000],
    ...given,
  };
}

/** The rules, behind a gate of their own. */
export function engineIn(tongue: Tongue, version?: string): RuleEngine {
  return createRuleEngine(catalogue, { gate: createSafetyGate(catalogue, tongue) }, version);
}

/** Advice of an engine that must not refuse. */
export function advised(inputs: PatientInputs, engine: RuleEngine = engineIn(korean)): DailyAdvice {
  const advice = engine.advise(inputs, book);
  if ('failed' in advice) throw new Error(`expected advice, found a refused ${advice.field}`);
  if ('violations' in advice) throw new Error(`expected advice, found ${advice.violations.join()}`);
  return advice;
}

const foodId = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: catalogue.dishes.length }) },
  { weight: 2, arbitrary: fc.integer({ min: 1_001, max: 1_020 }) },
  { weight: 1, arbitrary: fc.constant(9_999) },
);

/** Patients of every kind: from none to nearly every food eaten, every set of allergies, days on end without a step. */
export const anyPatient: fc.Arbitrary<PatientInputs> = fc
  .record({
    user: fc.integer({ min: 1, max: 2_147_483_647 }),
    day: fc.integer({ min: 0, max: 4_000 }),
    allergens: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 127 })),
    today: fc.array(foodId, { maxLength: 15 }),
    earlier: fc.oneof(fc.array(foodId, { maxLength: 40 }), fc.array(foodId, { minLength: 200, maxLength: 600 })),
    steps: fc
      .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 200_000 })), {
        minLength: 1,
        maxLength: 7,
      })
      .map((days) => (days.some(isWalkable) ? days : [...days.slice(1), 4_000])),
  })
  .map(({ user, day, allergens, today, earlier, steps }) => ({
    userId: userId(user),
    recordDate: addDays(localDate('2020-01-01'), day),
    allergens,
    today,
    recent: [...today, ...earlier],
    steps,
  }));

/** The meals of a day, as offers. */
export function mealsOf({ offers, dietTarget }: DailyAdvice): readonly (readonly number[])[] {
  const [breakfast, lunch] = [dietTarget.Breakfast.length, dietTarget.Lunch.length];
  return [offers.slice(0, breakfast), offers.slice(breakfast, breakfast + lunch), offers.slice(breakfast + lunch)];
}
