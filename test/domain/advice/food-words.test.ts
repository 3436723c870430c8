import { describe, expect, it } from '@jest/globals';
import { toFoodFacts } from '../../../src/domain/advice/food-book.js';
import { fibreTypeOf, fodmapClassOf } from '../../../src/domain/advice/ibsafe-food-words.js';
import { asObject, asSubject, quotedAsObject } from '../../../src/domain/advice/korean-particles.js';
import { matchName } from '../../../src/domain/advice/match-name.js';
import { catalogue, row } from './advice-fixture.js';

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
});

describe("IBSafe's words for fibre", () => {
  it.each([
    ['수용성', 'SOLUBLE'],
    ['불용성', 'INSOLUBLE'],
    ['수용성/불용성', 'BOTH'],
    ['혼합', 'BOTH'],
    ['insoluble', 'INSOLUBLE'],
    ['Soluble', 'SOLUBLE'],
    ['', 'NONE'],
    [null, 'NONE'],
  ])('%j is %s', (text, fibre) => expect(fibreTypeOf(text)).toBe(fibre));
});

describe('A food that IBSafe knows', () => {
  it('is found in the catalogue by its code, or by its name however it is spaced and encoded', () => {
    const tofu = catalogue.indexOfName('두부조림');
    expect(tofu).toBeGreaterThanOrEqual(0);
    expect(toFoodFacts(row(1, { foodCode: catalogue.foods[tofu]?.code ?? '' }), catalogue).catalogueIndex).toBe(tofu);
    expect(toFoodFacts(row(1, { foodName: ' 두부 조림'.normalize('NFD') }), catalogue).catalogueIndex).toBe(tofu);
    expect(toFoodFacts(row(1, { foodName: '두부조림빵' }), catalogue).catalogueIndex).toBe(-1);
  });

  it("keeps IBSafe's own class and fibre, and takes the catalogue's only where IBSafe says nothing", () => {
    const own = row(1, { foodName: '두부조림', fodmap: '고', fibreType: '수용성', fibreGrams: 9 });
    expect(toFoodFacts(own, catalogue)).toMatchObject({ fodmap: 'HIGH', fibre: 'SOLUBLE', fibreGrams: 9 });
    expect(toFoodFacts(row(1, { foodName: '두부조림' }), catalogue)).toMatchObject({ fodmap: 'LOW', fibre: 'INSOLUBLE', fibreGrams: 0.8 });
    expect(toFoodFacts(row(1, { foodName: '처음 보는 음식' }), catalogue)).toMatchObject({
      fodmap: 'UNKNOWN',
      fibre: 'NONE',
      fibreGrams: null,
    });
  });
});

it('Names match across spaces, small and capital letters and both forms of Hangul', () => {
  expect(matchName(' 두부\t조림 ')).toBe(matchName('두부조림'.normalize('NFD')));
  expect(matchName('Milk Tea')).toBe('milktea');
});

it.each([
  ['밥', '밥을', '밥이'],
  ['두부', '두부를', '두부가'],
  ['두유(무가당)', '두유(무가당)를', '두유(무가당)가'],
  ['Pizza', 'Pizza을(를)', 'Pizza이(가)'],
  ['', '을(를)', '이(가)'],
])('%j takes its particles', (word, object, subject) => {
  expect([asObject(word), asSubject(word)]).toEqual([object, subject]);
  expect(quotedAsObject(word)).toBe(`‘${word}’${object.slice(word.length)}`);
});
