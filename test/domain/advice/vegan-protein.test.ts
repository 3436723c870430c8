import { describe, expect, it } from '@jest/globals';
import { isProteinDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { userId } from '../../../src/domain/ids.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, catalogue, mealsOf, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** Of a month of ten patients who wrote this: lunches and dinners that hold a dish of meat, fish, egg or soy, and all there are. */
function withProtein(text: string, allergens = 0): readonly [lunches: number, dinners: number] {
  const counts: [number, number] = [0, 0];
  for (let each = 0; each < 300; each += 1) {
    const recordDate = addDays(DAY, each % 30);
    const advice = advised(patient({ userId: userId(1 + 17 * Math.floor(each / 30)), recordDate, allergens, profile: profileOf([0, null, null, text, null], recordDate) })); // prettier-ignore
    const [, lunch, dinner] = mealsOf(advice).map((places) => places.some((place) => isProteinDish(catalogue.offers[place] as never)));
    counts[0] += Number(lunch);
    counts[1] += Number(dinner);
  }
  return counts;
}

describe('A vegan', () => {
  it('has tofu at every lunch and dinner: a staple that cannot be eaten with it gives way, not the tofu', () => {
    expect([withProtein('비건이에요'), withProtein('비건이에요', 4)]).toEqual([
      [300, 300],
      [300, 300],
    ]);
  });
});
