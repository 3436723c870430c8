import { describe, expect, it } from '@jest/globals';
import { isAlcoholicDrink } from '../../../src/domain/advice/alcohol.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, book, catalogue, engineIn, english, idOf, korean, patient, row } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
/** Drinks that IBSafe calls low, by their names. */
const DRINKS = ['소주', '생맥주', '막걸리', '레드 와인', '소주(360 ml)', '맥주 500ml', '주류_청주', 'Red wine', 'Draft beer'];
const foods = new Map([
  ...book,
  ...foodBookOf(
    DRINKS.map((foodName, at) => row(5_001 + at, { foodName, fodmap: '저' })),
    catalogue,
  ),
]);
const PRAISE = /저FODMAP|low in FODMAPs|고FODMAP 음식 없이|고FODMAP은 없었|none .*high|was low/iu;
const ASKS = /술은 (?:줄이거나|되도록 줄이거나)|less, or none/u;

/** Fourteen evaluations of a patient who had rice and so many grams of a drink. */
function told(drink: number, amount: number, of: Partial<PatientInputs> = {}): string[] {
  const today = [idOf('쌀밥'), drink];
  return Array.from({ length: 14 }, (_, day) => {
    const tongue = day % 2 === 0 ? korean : english;
    const inputs = patient({ recordDate: addDays(DAY, day), today, recent: today, amounts: [200, amount], mealsEaten: [1, 2], ...of });
    const made = engineIn(tongue).advise(inputs, foods);
    if (!('dietEvaluation' in made)) throw new Error(`refused: ${JSON.stringify(made)}`);
    return made.dietEvaluation;
  });
}

describe('Alcohol', () => {
  it.each([
    ['pregnancy', '임신 중이에요', '1990-01-01'],
    ['breastfeeding', '모유 수유 중이에요', '1990-01-01'],
    ['an age under 19', '', '2010-06-01'],
  ])('is answered with none at all, and never with less of it: %s', (_, foodPreference, birthDate) => {
    const profile = profileOf([0, null, Date.parse(birthDate) / 86_400_000, foodPreference, null], DAY);
    for (const text of told(5_001, 300, { profile })) {
      expect(text).toMatch(/술은 (?:한 잔도|아예) 드시지|have none at all|none is safest/u);
      expect(text).not.toMatch(ASKS);
    }
  });

  it.each([...DRINKS, '안동소주', '치킨과 맥주', '피자, 콜라, 맥주', '매실주', '소맥', '하이볼', '와인(적포도주)', '위스키 40%', 'gin', 'Champagne'])(
    'is told by the name %s',
    (name) => {
      expect(isAlcoholicDrink(name)).toBe(true);
    },
  ); // prettier-ignore

  it.each(['무알코올 맥주', '논알콜 맥주', '맥주(무알콜)', '알콜프리 맥주', '알콜 제로 맥주', '노알콜 맥주', 'Dealcoholized wine', 'Non-alcoholic beer', 'alcohol-free wine', '막걸리빵', '와인식초', '와인소스 스테이크', '맥주효모', '술떡', '후르츠칵테일', '새우 칵테일', 'Ginger ale', '진저에일', '소주잔', '만두', '우주', '버섯전골', '기술', '입술', '튀김', '옥수수', 'ginger', 'drum', '사진', '야채 호빵'])(
    'is not told by the name %s',
    (name) => {
      expect(isAlcoholicDrink(name)).toBe(false);
    },
  ); // prettier-ignore

  it.each(DRINKS.map((name, at) => [name, 5_001 + at] as const))('is answered with less of it and no praise on any day: %s', (_, id) => {
    for (const text of told(id, 300)) {
      expect(text).toMatch(ASKS);
      expect(text).not.toMatch(PRAISE);
    }
  });

  it('is answered where no amount is told, and not where a spoon of it was cooked with', () => {
    for (const text of told(5_001, 0)) expect(text).toMatch(ASKS);
    for (const text of told(5_001, 1)) expect(text).toMatch(ASKS); // a glass, and no gram
    for (const text of told(5_001, 15)) expect(text).not.toMatch(ASKS);
    expect(told(5_001, 15).every((text) => PRAISE.test(text))).toBe(true);
  });

  it('is not counted where nothing was drunk, and not spoken of to one who must not eat less', () => {
    const plain = advised(patient({ today: [idOf('쌀밥')], recent: [idOf('쌀밥')], amounts: [200], mealsEaten: [1] }));
    expect(plain.dietEvaluation).toMatch(/저FODMAP/u);
    expect(plain.dietEvaluation).not.toMatch(ASKS);
    for (const text of told(5_001, 300, { profile: profileOf([0, null, null, '섭식장애가 있어요', null], DAY) })) {
      expect(text).not.toMatch(ASKS);
      expect(text).toMatch(/의료진과 의논|doctor/u);
    }
  });
});
