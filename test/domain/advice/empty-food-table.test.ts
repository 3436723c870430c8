import { describe, expect, it } from '@jest/globals';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { ALLERGEN_BITS, allergenBit } from '../../../src/domain/advice/restrictions.js';
import { catalogue, engineIn, english, korean, patient, row } from './advice-fixture.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';

const BOOKS = {
  'no row': foodBookOf([], catalogue),
  'rows without a name that is known, a class or a figure': foodBookOf(
    [1, 2, 3].map((id) => row(id, { foodCode: '', foodName: '' })),
    catalogue,
  ),
};

describe.each(Object.entries(BOOKS))('A table of foods that tells nothing (%s)', (_, book) => {
  it.each([0, allergenBit('SEAFOOD'), ALLERGEN_BITS])(
    'leaves a patient a safe menu, no judgement of food, and a word on what may hold an allergen (allergies %d)',
    (allergens) => {
      const given = patient({ allergens, today: [1, 2, 3], recent: [1, 2, 3], amounts: [200, 100, 50], mealsEaten: [0, 1, 2] });
      for (const tongue of [korean, english]) {
        const advice = engineIn(tongue).advise(given, book) as DailyAdvice;
        expect(advice.fodmapCount).toEqual({ low: 0, moderate: 0, high: 0, unknown: 3 });
        expect(advice.dietEvaluation).toMatch(/아직 분류를 몰라|분류를 아직 몰라|not (?:yet )?known|unknown/u);
        expect(/성분표|label/u.test(advice.dietEvaluation)).toBe(allergens !== 0);
        expect(advice.dietEvaluation).not.toMatch(/‘|119/u);
        expect(advice.offers.length).toBeGreaterThan(6);
        expect(advice.offers.filter((place) => ((catalogue.offers[place]?.judged.restrictions ?? -1) & allergens) !== 0)).toEqual([]);
        expect(advice.exerciseTarget).toBeGreaterThan(0);
      }
    },
  );
});
