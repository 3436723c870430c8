import { describe, expect, it } from '@jest/globals';
import { isProteinDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { userId } from '../../../src/domain/ids.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { advised, catalogue, idOf, mealsOf, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** Of a month of ten patients who wrote this: breakfasts, lunches and dinners that hold a dish of meat, fish, egg or soy, and all there are. */
function withProtein(text: string, given: Partial<PatientInputs> = {}): readonly number[] {
  const counts = [0, 0, 0];
  for (let each = 0; each < 300; each += 1) {
    const recordDate = addDays(DAY, each % 30);
    const advice = advised(patient({ userId: userId(1 + 17 * Math.floor(each / 30)), recordDate, ...given, profile: profileOf([0, null, null, text, null], recordDate) })); // prettier-ignore
    for (const [meal, places] of mealsOf(advice).entries())
      counts[meal] = (counts[meal] ?? 0) + Number(places.some((place) => isProteinDish(catalogue.offers[place] as never)));
  }
  return counts;
}

describe('A vegan', () => {
  it('has tofu at every meal: a staple that cannot be eaten with it gives way, and so does the spinach beside the soup, not the tofu', () => {
    const all = [300, 300, 300];
    expect([withProtein('비건이에요'), withProtein('비건이에요', { allergens: 4 }), withProtein('비건이에요', { allergens: 1 })]).toEqual([
      all,
      all,
      all,
    ]);
  });

  it('has it at breakfast though the tofu soup was eaten the day before', () => {
    expect(withProtein('비건이에요', { recent: [idOf('두부맑은국')] })).toEqual([300, 300, 300]);
  });
});
