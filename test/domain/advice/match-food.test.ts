import { describe, expect, it } from '@jest/globals';
import { eatenFoodsOf, type EatenFood } from '../../../src/domain/advice/eaten-food.js';
import { foodBookOf, toFoodFacts, type IbsafeFoodRow, fodmapClassOf, statedClassOf } from '../../../src/domain/advice/food-book.js';
import { PARTICLES, withParticle } from '../../../src/domain/advice/korean-particles.js';
import { matchFood } from '../../../src/domain/advice/match-food.js';
import { matchName } from '../../../src/domain/advice/catalogue/match-name.js';
import { advised, catalogue, engineIn, korean, patient, row, vocabulary } from './advice-fixture.js';

/** The Korean name of what a row is matched to, an ingredient's with an asterisk; empty for nothing. */
function matched(given: Partial<IbsafeFoodRow>): string {
  const found = matchFood(row(1, given), catalogue);
  return found.is === 'DISH'
    ? (catalogue.dishes[found.dish]?.nameKo ?? '')
    : found.is === 'INGREDIENT'
      ? `${found.ingredient.nameKo}*`
      : '';
}

/** A row's food, of which so much was eaten. */
function eaten(given: Partial<IbsafeFoodRow>, amount: number): EatenFood | undefined {
  const book = foodBookOf([row(1, given)], catalogue);
  return eatenFoodsOf(patient({ today: [1], amounts: [amount], recent: [1] }), book)[0];
}

/** The food of two rows of one id, in each order of them. */
function both(one: Partial<IbsafeFoodRow>, other: Partial<IbsafeFoodRow>): unknown[] {
  const orders = [[one, other], [other, one]]; // prettier-ignore
  return orders.map((rows) => foodBookOf(rows.map((each) => row(1, each)), catalogue).get(1)); // prettier-ignore
}

describe('a food that the table has twice', () => {
  it('is of no class that one row states otherwise than the other, in whichever order they come', () => {
    const [first, second] = both({ foodName: '처음 보는 것', fodmap: '저' }, { foodName: '처음 보는 것', fodmap: '고' });
    expect([first, second]).toMatchObject([{ stated: null }, { stated: null }]);
    expect(both({ foodName: '처음 보는 것', fodmap: '저' }, { foodName: '처음 보는 것', fodmap: 'low' })).toMatchObject([
      { stated: 'LOW' },
      { stated: 'LOW' },
    ]);
  });

  it('is not in the book under two names, and the third row brings back neither', () => {
    const rows = [row(1, { foodName: '김치' }), row(1, { foodName: '우유' }), row(1, { foodName: '김치' }), row(2, { foodName: '김치' })];
    expect([...foodBookOf(rows, catalogue).keys()]).toEqual([2]);
  });
});

describe("IBSafe's words for FODMAP", () => {
  it.each([
    ['저', 'LOW'],
    [' 저 FODMAP', 'LOW'],
    ['저포드맵', 'LOW'],
    ['Low', 'LOW'],
    ['FODMAP 낮음', 'LOW'],
    ['중', 'MODERATE'],
    ['medium', 'MODERATE'],
    ['고', 'HIGH'],
    ['HIGH FODMAP', 'HIGH'],
    ['높음', 'HIGH'],
    ['', 'UNKNOWN'],
    ['  ', 'UNKNOWN'],
    ['?', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('%j is %s', (text, fodmap) => expect(fodmapClassOf(text)).toBe(fodmap));

  it.each([
    ['a class', '고', null, 'HIGH'],
    ['a class, whatever its reason says', '저', '고FODMAP 재료 없음', 'LOW'],
    ['the whole name of a class at the beginning of the reason', null, '고FODMAP: 마늘, 양파', 'HIGH'],
    ['the same in English', ' ', 'Low FODMAP up to 65 g', 'LOW'],
    ['a reason that begins like a class', null, '고기와 양파가 들어감', null],
    ['a class further on', null, '양파는 고FODMAP', null],
    ['another word', '?', '저FODMAP', null],
    ['nothing', null, null, null],
  ])('state %s', (_, fodmap, basis, stated) => expect(statedClassOf(fodmap, basis)).toBe(stated));
});

describe('A food of IBSafe’s table', () => {
  it.each([
    ['by its code, whatever it is called', { foodCode: 'IBS-0001', foodName: '처음 보는 음식' }, '쌀밥'],
    ['by its name however it is spaced and encoded', { foodName: ' 두부 조림'.normalize('NFD') }, '두부조림'],
    ['by its English name', { foodName: 'steamed WHITE rice' }, '쌀밥'],
    ['with a note that changes nothing', { foodName: '쌀밥(1인분)' }, '쌀밥'],
    ['in the spelling of food tables', { foodName: '국_소고기뭇국' }, '소고기뭇국'],
    ['in their other spelling', { foodName: '조림_두부' }, '두부조림'],
    ['as an ingredient eaten as it is', { foodName: '당근' }, '당근*'],
    ['as a dish before an ingredient of the same name', { foodName: '사과' }, '사과'],
  ])('is matched %s', (_, given, expected) => expect(matched(given)).toBe(expected));

  it.each([
    ['a part of a name', { foodName: '사과파이' }],
    ['more than a name', { foodName: '두부조림빵' }],
    ['a note that makes another food of it', { foodName: '사과(말린것)' }],
    ['a fried one', { foodName: '쌀밥(튀김)' }],
    ['two dishes in one', { foodName: '세트_쌀밥_두부조림' }],
    ['nothing of ours', { foodName: '마라탕' }],
    ['an empty name', { foodName: ' ' }],
  ])('is not matched by %s', (_, given) => expect(matched(given)).toBe(''));

  it('has its fibre from IBSafe where that says a sensible figure, else computed, else unknown', () => {
    expect(toFoodFacts(row(1, { foodName: '두부조림', fibreGrams: 9 }), catalogue).fibreGrams).toBe(9);
    const computed = toFoodFacts(row(1, { foodName: '당근' }), catalogue).fibreGrams;
    expect(computed).toBe(catalogue.ingredientOfName('당근')?.fibreGrams);
    expect(toFoodFacts(row(1, { foodName: '당근', fibreGrams: 900 }), catalogue).fibreGrams).toBe(computed);
    expect(toFoodFacts(row(1, { foodName: '마라탕' }), catalogue).fibreGrams).toBeNull();
  });
});

describe('What was eaten', () => {
  const broccoli = catalogue.dishes.findIndex(({ usual }) => usual.fodmap === 'LOW' && usual.lowLoads.some((load) => load > 0.3));
  const { nameKo = '', usual } = catalogue.dishes[broccoli] ?? {};
  const serving = usual?.grams ?? 0;

  it('is judged by its amount', () => {
    expect(eaten({ foodName: nameKo }, serving)).toMatchObject({ fodmap: 'LOW', isByAmount: true });
    expect(['MODERATE', 'HIGH']).toContain(eaten({ foodName: nameKo }, serving * 4)?.fodmap);
  });

  it('is as bad as IBSafe states, never better than its amount', () => {
    expect(eaten({ foodName: nameKo, fodmap: '고' }, serving)).toMatchObject({ fodmap: 'HIGH', isByAmount: false, kind: -1 });
    expect(['MODERATE', 'HIGH']).toContain(eaten({ foodName: nameKo, fodmap: '저' }, serving * 4)?.fodmap);
    expect(eaten({ foodName: '마라탕', fodmap: '고' }, 300)).toMatchObject({ fodmap: 'HIGH', isByAmount: false });
  });

  it('is unknown where nobody knows it, and then said to be, and not praised', () => {
    expect(eaten({ foodName: '마라탕' }, 300)).toMatchObject({ fodmap: 'UNKNOWN', isByAmount: false, restrictions: 0 });
    const book = foodBookOf([row(1, { foodName: '마라탕' })], catalogue);
    const advice = engineIn(korean).advise(patient({ today: [1], recent: [1], allergens: 127 }), book);
    if (!('points' in advice)) throw new Error('the patient was refused');
    const said = advice.points.map(({ point }) => vocabulary.points[point]?.id ?? '');
    expect(said).toContain('DAY_ALL_UNKNOWN');
    expect(said.filter((id) => /^(?:PRAISE|STATED|STILL|OWN|DAY_(?!ALL_UNKNOWN))/u.test(id))).toEqual([]);
    expect(advice.fodmapCount).toEqual({ low: 0, moderate: 0, high: 0, unknown: 1 });
  });

  it('is a serving where no sensible amount was recorded', () => {
    for (const amount of [0, -5, 100_000]) expect(eaten({ foodName: nameKo }, amount)?.grams).toBe(serving);
  });
});

it('Names match across spaces, small and capital letters and both forms of Hangul', () => {
  expect(matchName(' 두부\t조림 ')).toBe(matchName('두부조림'.normalize('NFD')));
  expect(matchName('Milk Tea')).toBe('milktea');
});

it.each([
  ['밥', '밥을 밥이 밥은 밥과 밥으로 밥이라도'],
  ['두부', '두부를 두부가 두부는 두부와 두부로 두부라도'],
  ['쌀', '쌀을 쌀이 쌀은 쌀과 쌀로 쌀이라도'],
  ['두유(무가당)', '두유(무가당)를 두유(무가당)가 두유(무가당)는 두유(무가당)와 두유(무가당)로 두유(무가당)라도'],
  ['두부'.normalize('NFD'), '두부를 두부가 두부는 두부와 두부로 두부라도'.normalize('NFD')],
  ['Pizza', 'Pizza을(를) Pizza이(가) Pizza은(는) Pizza와(과) Pizza(으)로 Pizza(이)라도'],
])('%j takes its particles', (word, expected) => {
  const pairs = ['을', '이', '은', '과', '으로', '이라도'].map((particle) => PARTICLES.find(([after]) => after === particle));
  const said = pairs.map((pair) => (pair === undefined ? '' : withParticle(word, word, pair))).join(' ');
  expect(said.normalize('NFC')).toBe(expected.normalize('NFC'));
});

it('A patient who ate nothing is told so, and praised for nothing', () => {
  expect(advised(patient()).points.map(({ point }) => vocabulary.points[point]?.id)).toContain('DAY_NOTHING');
});
