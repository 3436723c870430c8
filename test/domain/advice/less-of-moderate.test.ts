import { describe, expect, it } from '@jest/globals';
import { dailyScene } from '../../../src/domain/advice/daily-scene.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { isTrue } from '../../../src/domain/advice/points/truth.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit } from '../../../src/domain/advice/restrictions.js';
import { localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { book, catalogue, patient, vocabulary } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const POINT = vocabulary.points.findIndex(({ id }) => id === 'LESS_OF_MODERATE');
/** Dishes a serving of which is moderate, by their ids in the book. */
const MODERATE = catalogue.dishes.flatMap(({ usual }, at) => (usual?.fodmap === 'MODERATE' ? [at + 1] : []));

/** Whether it may be said of a serving of a dish that was eaten. */
function mayBeSaid(food: number, of: Partial<PatientInputs> = {}): boolean {
  const amounts = [catalogue.dishes[food - 1]?.servingGrams ?? 0];
  const inputs = patient({ today: [food], recent: [food], amounts, mealsEaten: [1], ...of });
  const scene = dailyScene(inputs, book, { meals: [[], [], []], composed: [0, 0, 0], shortSlots: 0 }, catalogue);
  return isTrue({ point: POINT, eaten: food, dish: -1 }, scene, vocabulary);
}

/** Those of the dishes of which it may not be said. */
const unsaid = (of: Partial<PatientInputs>): number[] => MODERATE.filter((food) => !mayBeSaid(food, of));
const written = (text: string): Partial<PatientInputs> => ({ profile: profileOf([0, null, null, text, null], DAY) });

describe('To have less of a moderate food', () => {
  it('is said of a serving to one who may have it', () => {
    expect(MODERATE.length).toBeGreaterThan(10);
    expect(unsaid({})).toEqual([]);
    expect(unsaid(written('한식을 좋아해요'))).toEqual([]);
  });

  it.each(ALLERGENS)('is not said of one that holds, or may hold, an own allergen (%s): it is to be left alone', (allergen) => {
    const bit = allergenBit(allergen);
    const holding = MODERATE.filter((food) => (((book.get(food)?.restrictions ?? 0) | (book.get(food)?.mayHold ?? 0)) & bit) !== 0);
    expect(holding.length).toBeGreaterThan(0);
    expect(unsaid({ allergens: bit })).toEqual(holding);
  });

  it('is not said of lactose that is more than a low serving to one who does not tolerate it', () => {
    const lactose = unsaid({ allergens: LACTOSE_INTOLERANCE_BIT });
    expect(lactose.every((food) => ((book.get(food)?.restrictions ?? 0) & LACTOSE_INTOLERANCE_BIT) !== 0)).toBe(true);
  });

  it('is not said of what a patient does not eat', () => {
    const refused = unsaid(written('돼지고기, 소고기, 닭고기 안 먹어요'));
    const meat = MODERATE.filter((food) =>
      catalogue.dishes[food - 1]?.recipe.some(({ ingredient }) => /^(?:pork|beef|chicken)/u.test(ingredient.id)),
    );
    expect(meat.length).toBeGreaterThan(0);
    expect(refused).toEqual(expect.arrayContaining(meat));
    expect(refused.length).toBeLessThan(MODERATE.length);
  });

  it.each(['임신 중이에요', '당뇨가 있어요', '섭식장애가 있어요', '저체중이에요'])(
    'is said of nothing to one who should ask first: %s',
    (text) => {
      expect(unsaid(written(text))).toEqual(MODERATE);
    },
  );
});
