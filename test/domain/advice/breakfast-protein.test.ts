import { describe, expect, it } from '@jest/globals';
import { isProteinDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { DietPicker } from '../../../src/domain/advice/diet-picker.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { userId } from '../../../src/domain/ids.js';
import { book, catalogue, korean, patient } from './advice-fixture.js';

const gate = createSafetyGate(catalogue, korean);
const picker = new DietPicker(catalogue);
const brings = (place: number): boolean => {
  const offer = catalogue.offers[place];
  return offer !== undefined && isProteinDish(offer);
};

describe('A breakfast for which nothing with protein was chosen', () => {
  it('has a dish of it all the same, whether the rules or a model chose', () => {
    for (let number = 1; number <= 40; number += 1) {
      const inputs = patient({ userId: userId(number) });
      const [breakfast, lunch, dinner] = picker.pick(inputs, book, { person: number, day: number }).meals;
      const without = breakfast.filter((place) => !brings(place));
      const meals = [without, lunch, dinner] as const;
      for (const context of [{ book }, { book, dishes: [without.length, lunch.length, dinner.length] as const }]) {
        const advice = gate.pass({ meals, points: () => [] }, inputs, context);
        if (!('offers' in advice)) throw new Error(`expected advice of menu ${number}`);
        expect(advice.offers.slice(0, advice.dietTarget.Breakfast.length).some((place) => brings(place))).toBe(true);
        expect(advice.dietTarget.Breakfast.length).toBeLessThanOrEqual(breakfast.length);
      }
    }
  });
});
