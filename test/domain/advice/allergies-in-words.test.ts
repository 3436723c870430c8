import { describe, expect, it } from '@jest/globals';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferenceBit, preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit } from '../../../src/domain/advice/restrictions.js';
import { catalogue } from './advice-fixture.js';

/** The flags that a text sets, words of foods without a flag that must be avoided, and whether something is not understood. */
function read(text: string): [flags: string, avoided: string, isUnread: boolean] {
  const bits = allergensSaid(text);
  const flags: string[] = ALLERGENS.filter((each) => (bits & allergenBit(each)) !== 0);
  if ((bits & LACTOSE_INTOLERANCE_BIT) !== 0) flags.push('LACTOSE');
  const said = refusedFoodsOf(text);
  return [flags.join(), said?.avoided.join() ?? '', said !== undefined && refusedOffers(catalogue, said).isUnread];
}

describe('An allergy in words', () => {
  it.each([
    ['알레르기:토마토, 새우', 'SEAFOOD', '토마토'],
    ['알레르기(토마토, 우유)', 'MILK', '토마토'],
    ['알러지:메밀,땅콩', 'NUT', '메밀'],
    ['알레르기-우유, 계란', 'MILK,EGG', ''],
    ['음식알레르기: 우유, 계란', 'MILK,EGG', ''],
    ['allergy: milk, egg', 'MILK,EGG', ''],
    ['Allergies - milk, tomato', 'MILK', 'tomato'],
  ])('%s: each food behind its heading is heard', (text, flags, avoided) => expect(read(text)).toEqual([flags, avoided, false]));

  it.each([
    ['밀에 알레르기가 있어요', 'GLUTEN'],
    ['밀과 콩에 알레르기가 있어요', 'GLUTEN,SOY'],
    ['밀도 못 먹어요', 'GLUTEN'],
    ['밀랑 우유 못 먹어요', 'GLUTEN,MILK'],
    ['밀하고 우유 알레르기', 'GLUTEN,MILK'],
    ['밀알레르기', 'GLUTEN'],
    ['통밀 알레르기', 'GLUTEN'],
    ['깨에 알레르기', 'NUT'],
    ['게 못 먹어요', 'SEAFOOD'],
    ['등푸른 생선 알레르기', 'SEAFOOD'],
    ["I'm allergic to shrimp", 'SEAFOOD'],
    ["I'm lactose intolerant", 'LACTOSE'],
    ['tree nut allergy', 'NUT'],
  ])('%s: whatever ending the food has', (text, flags) => expect(read(text)).toEqual([flags, '', false]));

  it.each(['완벽주의라서 우유를 매일 마셔요', '자유주의자예요 새우 좋아해요', '2주의 반은 계란을 먹었어요', '한 주의 시작은 두부', '새우먹고싶어죽겠어요', '치즈 먹으면 좋아 죽어요'])(
    '%s: no word of it tells of one',
    (text) => expect(read(text)[0]).toBe(''),
  ); // prettier-ignore

  it.each([
    ['우유 주의', 'MILK'],
    ['새우주의', 'SEAFOOD'],
    ['계란은 주의해야 해요', 'EGG'],
    ['새우 먹으면 죽어요', 'SEAFOOD'],
    ['우유 먹으면 죽겠어요', 'MILK'],
  ])('%s: a caution and a danger do', (text, flags) => expect(read(text)[0]).toBe(flags));

  it.each([
    ['우유/계란 알레르기', 'MILK,EGG', ''],
    ['우유/메밀 알레르기', 'MILK', '메밀'],
    ['새우/토마토 알레르기', 'SEAFOOD', '토마토'],
  ])('%s: a slash stands between two of a list', (text, flags, avoided) => expect(read(text)).toEqual([flags, avoided, false]));

  it.each([
    ['우유 말고는 못 먹는 것이 없어요', 'MILK'],
    ['견과류 말고는 못 먹는 음식이 없어요', 'NUT'],
    ['새우 외 못 먹는 음식 없음', 'SEAFOOD'],
    ['새우 외에는 알레르기 없어요', 'SEAFOOD'],
    ['no allergies except eggs', 'EGG'],
    ['갑각류 알레르기 없음 견과류 알레르기 있음', 'NUT,SEAFOOD'],
    ['새우 적게 먹어도 두드러기 나요', 'SEAFOOD'],
  ])('%s: that there is no other does not take away the one', (text, flags) => expect(read(text)[0]).toBe(flags));

  it.each([
    '없음', '없어요', 'None', 'No', 'N/A', 'allergies: none', 'food allergies: N/A', "I don't have any allergies", 'no dietary restrictions', '알레르기 없음',
    '알레르기 해당 없음', '알레르기 X', '알레르기 - 없음', '알레르기(없음)', '알레르기/불내증 없음', '알레르기, 못 먹는 음식 없음', '알레르기 하나도 없어요', '알레르기 특이사항 없음',
    '알레르기 여부: 없음', '알레르기: 무',
  ])('%s: none is none, and nothing is left unread', (text) => expect([read(text), refusedFoodsOf(text)]).toEqual([['', '', false], undefined])); // prettier-ignore

  it.each([
    '아침 안 먹어요',
    '야식 안 먹어요',
    '식사를 제때 못 먹어요',
    '물 많이 안 마셔요',
    '밥을 많이 안 먹어요',
    '소금 적게, 기름 많이 안 먹어요',
  ])('%s: a habit is no allergy, and takes no food away', (text) =>
    expect([read(text), refusedFoodsOf(text)]).toEqual([['', '', false], undefined]),
  );

  it.each(['술 안 마셔요', '커피 안 마심', '짜게 안 먹어요'])('%s: what is not had by choice is not said to be avoided', (text) =>
    expect(read(text)).toEqual(['', '', false]),
  );

  it.each(['알레르기 있음', '알레르기: 무화과', '두드러기가 나요'])('%s: what is not understood is known as such', (text) =>
    expect(read(text)[2]).toBe(true),
  );

  it('leaves out no dish for the water in it', () => {
    const said = refusedFoodsOf('물 못 마셔요');
    expect(said?.words ?? []).toEqual(['물']);
    expect(said && refusedOffers(catalogue, said).barred.every((each) => each === 0)).toBe(true);
  });
});

describe('A meat to which a patient is allergic', () => {
  const MEATS = [
    ['닭고기', 'chicken', 'NO_CHICKEN'],
    ['소고기', 'beef', 'NO_BEEF'],
    ['돼지고기', 'pork', 'NO_PORK'],
  ] as const;

  it.each(MEATS)('(%s, %s) is refused in every way in which an allergy is told', (korean, english, preference) => {
    const told = [
      `${korean} 알레르기`,
      `${korean} 먹으면 두드러기가 나요`,
      `${korean}를 먹지 못해요`,
      `${korean} 금기`,
      `${korean} 먹으면 숨이 차요`,
      `${english} allergy`,
      `allergic to ${english}`,
      `Allergies: eggs, ${english}`,
      `${english} intolerance`,
      `I react to ${english}`,
      `${english} gives me hives`,
      `can't eat ${english}`,
      `I cannot eat eggs, ${english}`,
    ];
    expect(told.filter((text) => (preferencesOf(text) & preferenceBit(preference)) === 0)).toEqual([]);
  });

  it('is not refused where there is none', () => {
    const none = ['not allergic to chicken', '닭고기 알레르기 없음', 'likes chicken'];
    expect(none.filter((text) => preferencesOf(text) !== 0)).toEqual([]);
  });

  it('stands for fish in fish cake and crab sticks', () => {
    expect(['어묵 알레르기', '맛살 못 먹어요'].map(allergensSaid)).toEqual([allergenBit('SEAFOOD'), allergenBit('SEAFOOD')]);
  });
});

describe('Meat that is liked, beside what is not eaten or a state of the body', () => {
  it.each([
    ['아침을 먹지 못해 닭가슴살로 때워요', []],
    ['요리를 잘하지 못해서 닭가슴살 사 먹어요', []],
    ['몸이 잘 부어서 닭고기 위주로 먹어요', []],
    ['소고기를 자주 먹지 못해요', []],
    ['숨이 차서 고기를 좋아해요', []],
    ["can't drink milk, chicken and beef are ok", []],
    ['allergic to shrimp, chicken ok', []],
    ['chicken fine, shrimp gives me hives', []],
    ['닭고기는 괜찮은데 새우는 숨이 차요', []],
    ["I can't eat spicy, chicken is fine", ['NOT_HOT']],
  ] as const)('%s: it stays', (text, refused) =>
    expect(PREFERENCES.filter((each) => (preferencesOf(text) & preferenceBit(each)) !== 0)).toEqual(refused),
  );

  it.each([
    ['allergies: milk, eggs (baked ok)', 'MILK,EGG'],
    ['allergic to milk, small amounts of egg fine', 'MILK,EGG'],
    ['allergic to shrimp, eggs fine', 'SEAFOOD'],
    ['닭고기는 괜찮은데 새우는 숨이 차요', 'SEAFOOD'],
    ['chicken fine, shrimp gives me hives', 'SEAFOOD'],
    ["can't drink milk, chicken and beef are ok", 'MILK'],
    ['새우 먹으면 숨이 차서 닭고기 위주로 먹어요', 'SEAFOOD'],
    ['몸이 가려워서 새우 안 먹어요', 'SEAFOOD'],
    ['우유를 소화시키지 못해요', 'LACTOSE'],
    ['맛살 먹으면 두드러기', 'SEAFOOD'],
  ])('%s: what must be avoided is heard all the same', (text, flags) => expect(read(text)[0]).toBe(flags));

  it('does not stand for an allergy where fish cake is only not eaten', () => {
    expect(['어묵 안 먹어요', '맛살 안 먹어요', '오뎅 싫어요'].map((text) => read(text))).toEqual([['', '', false], ['', '', false], ['', '', false]]); // prettier-ignore
    expect(refusedFoodsOf('어묵 안 먹어요')?.words).toEqual(['어묵']);
  });
});
