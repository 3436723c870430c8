import { describe, expect, it } from '@jest/globals';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { catalogue, engineIn, korean, patient, row, vocabulary } from './advice-fixture.js';

/** What is said of a day on which these were eaten, and what it counts. */
function dayOf(names: readonly string[]) {
  const book = foodBookOf(
    names.map((foodName, at) => row(at + 1, { foodName })),
    catalogue,
  );
  const today = names.map((_, at) => at + 1);
  const advice = engineIn(korean).advise(patient({ today, amounts: today.map(() => 20), recent: today }), book);
  if (!('points' in advice)) throw new Error('the patient was refused');
  const { fodmapCount, isLowDay, dietEvaluation } = advice;
  return { fodmapCount, isLowDay, dietEvaluation, said: advice.points.map(({ point }) => vocabulary.points[point]?.id) };
}

/** Grams that count of one record of a food. */
function gramsOf(foodName: string, amount: number): number | undefined {
  return eatenFoodsOf(patient({ today: [1], amounts: [amount] }), foodBookOf([row(1, { foodName })], catalogue))[0]?.grams;
}

describe('Water and seasonings', () => {
  it('are no food: alone they make no low day, and nothing is judged', () => {
    const { fodmapCount, isLowDay, said } = dayOf(['물', '소금', '식초']);
    expect([fodmapCount, isLowDay]).toEqual([{ low: 0, moderate: 0, high: 0, unknown: 0 }, false]);
    expect(said).toContain('DAY_NOTHING');
  });

  it('are neither counted beside a food nor praised', () => {
    const { fodmapCount, isLowDay, said, dietEvaluation } = dayOf(['물', '쌀밥', '소금']);
    expect([fodmapCount, isLowDay]).toEqual([{ low: 1, moderate: 0, high: 0, unknown: 0 }, true]);
    expect(said).toContain('DAY_ONE_LOW');
    expect(dietEvaluation).toMatch(/^(?:(?!‘물’|‘소금’).)+\.$/su); // names stand in marks: 물에 녹는 is a word on fibre
  });

  it('count where they are more than low', () => {
    expect(dayOf(['꿀', '물'])).toMatchObject({ fodmapCount: { low: 0, moderate: 1, high: 0, unknown: 0 }, isLowDay: false });
  });
});

describe('More servings of a dish than a person eats', () => {
  const laver = catalogue.dishes[catalogue.indexOfName('김구이')]?.usual.grams ?? 0;

  it('are a typing error, and count as one serving', () => {
    expect([gramsOf('김구이', 210), gramsOf('김구이', laver * 8), gramsOf('김구이', laver * 8 + 0.01)]).toEqual([laver, laver * 8, laver]);
  });

  it('are not known of what is no dish of ours', () => {
    expect([gramsOf('당근', 900), gramsOf('마라탕', 2_900)]).toEqual([900, 2_900]);
  });
});
