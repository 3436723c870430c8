import { describe, expect, it } from '@jest/globals';
import { isProteinDish, isVegetableDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { userId } from '../../../src/domain/ids.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, catalogue, engineIn, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const engine = engineIn(korean);
/** One text for each condition that changes the menu, and for each way of eating. */
const CONDITIONS = [
  '당뇨가 있어요',
  '와파린 복용 중',
  '통풍이 있어요',
  '신장결석이 있어요',
  'MAO 억제제를 먹어요',
  '고혈압이 있어요',
  '과당불내증',
  '틀니예요',
  '고지혈증',
  '지방간이 있어요',
  '역류성 식도염이 있어요',
  '갑상선 항진증',
  '히스타민 불내증',
  '라텍스 알레르기',
  '아황산염 알레르기',
  '구강 알레르기',
  '비건이에요',
  '채식주의예요',
  '고기 안 먹어요',
  '생선 못 먹어요',
  '매운 음식 싫어해요',
];
/** None, each, each two, and some of three and more that people have together. */
const TOGETHER = [
  [],
  ...CONDITIONS.map((each) => [each]),
  ...CONDITIONS.flatMap((one, at) => CONDITIONS.slice(at + 1).map((other) => [one, other])),
  ['당뇨가 있어요', '고혈압이 있어요', '고지혈증'],
  ['당뇨가 있어요', '고혈압이 있어요', '지방간이 있어요', '통풍이 있어요'],
  ['고혈압이 있어요', '고지혈증', '와파린 복용 중', '틀니예요'],
  ['비건이에요', '당뇨가 있어요', '고혈압이 있어요', '역류성 식도염이 있어요'],
];
const ALLERGIES = Array.from({ length: 128 }, (_, bits) => bits);

describe('Lunch and dinner', () => {
  it('have protein and vegetables with all conditions and allergies, or the summary names a dietitian', () => {
    const silent: unknown[] = [];
    const counts = { meals: 0, lacking: 0, lackingOfOne: 0 };
    for (const [at, texts] of TOGETHER.entries()) {
      const profile = profileOf([0, null, null, texts.join(', '), null], DAY);
      // Of two conditions together each fourth set of allergies, another fourth for each two: half a minute would bring nothing new.
      const sets = texts.length < 2 ? ALLERGIES : ALLERGIES.filter((bits) => (bits + at) % 4 === 0);
      for (const allergens of sets) {
        const inputs = patient({ userId: userId(at * 128 + allergens + 1), recordDate: addDays(DAY, allergens % 7), allergens, profile });
        const { dietTarget, offers } = advised(inputs, engine);
        const [breakfast, lunch] = [dietTarget.Breakfast.length, dietTarget.Lunch.length];
        const meals = [offers.slice(breakfast, breakfast + lunch), offers.slice(breakfast + lunch)].map((places) => places.flatMap((place) => catalogue.offers[place] ?? [])); // prettier-ignore
        const isLacking = meals.some((meal) => !meal.some(isProteinDish) || !meal.some(isVegetableDish));
        counts.meals += 1;
        if (isLacking) counts.lacking += 1;
        if (isLacking && allergens === 0 && texts.length < 2) counts.lackingOfOne += 1;
        if (isLacking !== /모자라니 임상영양사|임상영양사와 함께 채워/u.test(dietTarget.Summary))
          silent.push([texts, allergens, dietTarget.Summary]);
      }
    }
    expect(silent).toEqual([]);
    // Most have all of it, and nobody with one condition and no allergy is without.
    expect(counts.lacking).toBeGreaterThan(0);
    expect(counts.lacking / counts.meals).toBeLessThan(0.12);
    expect(counts.lackingOfOne).toBe(0);
  });
});
