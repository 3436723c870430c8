import { describe, expect, it } from '@jest/globals';
import { speaksOfCare } from '../../../src/domain/advice/care-words.js';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { LESS_FAT, treatedDietsOf } from '../../../src/domain/advice/treated-diets.js';
import { catalogue } from './advice-fixture.js';

/** What a text comes to: flags (with `?` what upsets alone), preferences, what is not understood, and conditions. */
function read(text: string): string {
  const [flags, upsets, preferences] = [allergensSaid(text), upsetsSaid(text), preferencesOf(text)];
  const said = refusedFoodsOf(text);
  return [
    ...[...ALLERGENS, 'LACTOSE'].flatMap((each, bit) =>
      (flags & (1 << bit)) === 0 ? [] : [(upsets & (1 << bit)) === 0 ? each : `${each}?`],
    ),
    ...PREFERENCES.filter((_, bit) => (preferences & (1 << bit)) !== 0),
    ...(said !== undefined && refusedOffers(catalogue, said).isUnread ? ['UNREAD'] : []),
    ...(said?.isAllergyUnnamed === true ? ['ALL'] : []),
    ...((treatedDietsOf(text) & LESS_FAT) === 0 ? [] : ['LESS_FAT']),
    ...(speaksOfCare(text) ? ['CARE'] : []),
  ].join();
}

/** Ids of ingredients that no dish holds for the writer of a text. */
const barred = (text: string): string[] => [...refusedOffers(catalogue, refusedFoodsOf(text) ?? { words: [], avoided: [], isUnnamed: false }).ingredients].map(({ id }) => id); // prettier-ignore

describe('A food that is eaten, and what follows', () => {
  it.each([
    ['새우 먹어요 배는 아파요', 'SEAFOOD?'],
    ['우유는 마시는데 속이 안좋아요', 'LACTOSE'],
    ['우유 한모금만 마셔도 설사', 'LACTOSE'],
    ['새우 먹었는데 두드러기 났어요', 'SEAFOOD'],
    ['계란 묵으모 배아픕니더', 'EGG?'],
    ['🥛➡️💩', 'LACTOSE'],
    ['I eat shrimp but it hurts', 'SEAFOOD'],
    // What is eaten because of it, or does no harm, is none.
    ['죽만 먹어요 배가 아파서', ''],
    ['밥 잘 먹어요 배는 안 아파요', ''],
    ['우유 먹어도 배 안아파요', ''],
    ['우유 자주 마셔요. 배 아픈 적 없음', ''],
    ['소화가 안돼요', ''],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});

describe('Words of strangers', () => {
  it.each([
    ['우유 몬 마십니더', 'MILK'],
    ['우유 대신 두유 마심', 'MILK'],
    ['락토프리만 마심', 'LACTOSE'],
    ["I'm lactose intollerant", 'LACTOSE'],
    ['글루텐불내성', 'GLUTEN'],
    ['땅콩 알레르긔', 'NUT'],
    ['🥜 X', 'NUT'],
    ['🍤 알러지', 'SEAFOOD'],
    ['🌰 알레르기', ''],
    ['새우(+) 게(-)', 'UNREAD'],
    ['새우말곤 다 먹음', 'SEAFOOD'],
    ['매운거 쥐약', 'NOT_HOT'],
    ['비린거 못먹음', 'NO_FISH'],
    ['고기 별루', 'NO_MEAT'],
    ['고기 냄새 못맡아요', 'NO_MEAT'],
    ['육류 거부', 'NO_MEAT'],
    ['돼지 소 둘다 못먹음', 'NO_PORK,NO_BEEF'],
    ['소 돼지 다 먹어요', ''],
    ['소주 못 마셔요', ''],
    ['기름진거 먹으면 바로 설사', 'LESS_FAT'],
    ['튀김 먹으면 배아픔', 'LESS_FAT'],
    ['fried food upsets my stomach', 'LESS_FAT'],
    ['튀김 좋아해요', ''],
    ['LDL 180', 'LESS_FAT'],
    ['간수치 높음', 'CARE'],
    ['B형간염', 'CARE'],
    ['역류성 식도염 없음', ''],
    ['지방간은 없어요', ''],
    ['콜레스테롤 정상이에요', ''],
    ['잡곡 소화가 안돼요', ''],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    '알러지 있어요 조심해주세요',
    '알레르기 체질',
    '알레르기 여부: 있음',
    'allergies: yes',
    '알레르기 O',
    '알러지 많음',
    '알러지 심해요',
  ])('that tell of an allergy and not to what leave all out: %s', (text) => expect(read(text)).toBe('UNREAD,ALL'));

  it.each(['알레르기 비염 있어요', '고양이 알러지', '약물 알레르기 있음', '알레르기: 없음 / 기타: 없음'])(
    'that tell of no food leave none out: %s',
    (text) => expect(read(text)).toBe(''),
  );

  it('leave out what they name: whole grains, chestnuts, and beans that are drawn', () => {
    expect(['cooked-brown-rice', 'cooked-white-rice'].map((id) => barred('잡곡 소화가 안돼요').includes(id))).toEqual([true, false]);
    expect(barred('🌰 알레르기')).toEqual(['chestnut']);
    expect(barred('새우(+) 게(-)')).toContain('shrimp');
  });
});
