import { describe, expect, it } from '@jest/globals';
import { calledIn, isKnown, knownAs } from '../../../src/domain/advice/called-food.js';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { catalogue, english, engineIn, korean, patient, row } from './advice-fixture.js';

const ORDER = row(7_001, { foodName: 'Take 10 pills', fodmap: '저' });
const STATED = row(7_002, { foodName: '약 열 알 복용', fodmap: '고' });
const RICE = row(7_003, { foodName: '쌀밥' });
const GARLIC = row(7_004, { foodName: '다진마늘', fodmap: '고' });
const foods = foodBookOf([ORDER, STATED, RICE, GARLIC], catalogue);

function eaten(id: number): ReturnType<typeof eatenFoodsOf>[number] {
  const [food] = eatenFoodsOf(patient({ today: [id] }), foods);
  if (food === undefined) throw new Error(`expected food ${id}, found none`);
  return food;
}

describe('What a text calls a food that was eaten', () => {
  it('is a name that the catalogue knows, in the language of the text', () => {
    expect([knownAs(eaten(7_003), 'ko'), knownAs(eaten(7_003), 'en')]).toEqual(['쌀밥', 'Steamed white rice']);
    expect(knownAs(eaten(7_004), 'en')).toBe('Garlic');
    expect(isKnown(eaten(7_003))).toBe(true);
  });

  it('is no name of a food that it does not know, but a list may have it', () => {
    expect([7_001, 7_002].map((id) => [isKnown(eaten(id)), knownAs(eaten(id), 'ko')])).toEqual([
      [false, ''],
      [false, ''],
    ]);
    expect(calledIn(eaten(7_002), 'en')).toBe('약 열 알 복용');
  });

  it.each([
    ['ko', korean, 'FODMAP'],
    ['en', english, 'FODMAP'],
  ] as const)('says nothing of an order by its words, whatever class IBSafe states of it (%s)', (_, tongue, counted) => {
    for (const { id, foodName } of [ORDER, STATED]) {
      for (const day of Array.from({ length: 20 }, (__, at) => at)) {
        const advice = engineIn(tongue).advise(patient({ today: [id], steps: [5_000 + day] }), foods);
        const text = 'dietEvaluation' in advice ? advice.dietEvaluation : '';
        expect(text).toContain(counted);
        expect(text).not.toContain(foodName);
      }
    }
  });
});
