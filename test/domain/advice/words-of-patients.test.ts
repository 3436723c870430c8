import { describe, expect, it } from '@jest/globals';
import { forbidsLess, speaksOfCare } from '../../../src/domain/advice/care-words.js';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { catalogue } from './advice-fixture.js';

/** What a text comes to: flags and preferences, `UNREAD` where something is not understood, `CARE` and `NO_LESS` where a condition is told. */
function read(text: string): string {
  const [flags, preferences] = [allergensSaid(text), preferencesOf(text)];
  return [
    ...[...ALLERGENS, 'LACTOSE'].filter((_, bit) => (flags & (1 << bit)) !== 0),
    ...PREFERENCES.filter((_, bit) => (preferences & (1 << bit)) !== 0),
    ...(refusedBy(text)?.isUnread === true ? ['UNREAD'] : []),
    ...(speaksOfCare(text) ? ['CARE'] : []),
    ...(forbidsLess(text) ? ['NO_LESS'] : []),
  ].join();
}

function refusedBy(text: string): ReturnType<typeof refusedOffers> | undefined {
  const said = refusedFoodsOf(text);
  return said && refusedOffers(catalogue, said);
}

/** Ids of ingredients that no dish holds which is offered to the writer of a text, whatever its words are. */
function barredBy(text: string): readonly string[] {
  return [...(refusedBy(text)?.ingredients ?? [])].map(({ id }) => id);
}

describe('What is refused beside what is eaten', () => {
  it.each([
    ['돼지고기 안먹음 소고기 ok', 'NO_PORK'],
    ['돼지고기 안 먹어요 소고기는 괜찮아요', 'NO_PORK'],
    ['소고기 OK 돼지고기 NO', 'NO_PORK'],
    ['돼지 노노 소 굿', 'NO_PORK'],
    ['고기 좋아해요 채소 싫어해요', ''],
    ['생선은 먹어요 고기는 안 먹어요', 'NO_MEAT'],
    ['우유 X 두유 O', 'MILK'],
    ['계란 O 우유 X', 'MILK'],
    ['우유x, 치즈o', 'MILK'],
    ['계란은 알레르기인데 닭고기는 가능', 'EGG'],
    ['갑각류 알레르기 (생선은 가능)', 'SEAFOOD'],
    ['우유알레르기로 두유만 마십니다', 'MILK'],
    ['밀가루 소화 못 시켜요 쌀국수는 괜찮아요', 'GLUTEN'],
    ['우유 대신 락토프리 마셔요', 'LACTOSE'],
    ['shrimp x', 'SEAFOOD'],
    // What may be one of the first stays so: a little of it, another state of it, and what happened after it.
    ['우유 안 먹음 조금은 괜찮음', 'MILK'],
    ['계란 알레르기 있음 익힌 건 괜찮음', 'EGG'],
    ['우유 먹음 배아파요', 'LACTOSE'],
    ['땅콩 빼고 다 먹어요', 'NUT'],
    ['국물 없으면 밥 못먹어요', ''],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});

describe('What is no food', () => {
  it.each([
    ['알레르기 비염', ''],
    ['알러지성 비염 있음', ''],
    ['꽃가루 알레르기', ''],
    ['고양이 알레르기', ''],
    ['페니실린 알레르기', ''],
    ['햇빛 알레르기', ''],
    ['아토피라서 계란 우유 밀가루 제한', 'GLUTEN,MILK,EGG'],
    ['알레르기 비염이 있고 새우 못 먹어요', 'SEAFOOD'],
    ['비염 음식알레르기 있음', 'UNREAD'],
    ['음식 알레르기: 없음 / 약물 알레르기: 있음', ''],
    ['설사형 과민성대장', ''],
    ['과민성 대장증후군 진단 받음', ''],
    ['IBS-D', ''],
    ['저포드맵 식단 중이에요', ''],
    ['포드맵 제한중', ''],
    ['새우 먹으면 바로 두드러기 나요', 'SEAFOOD'],
    ['꽃게탕 먹고 응급실 간 적 있음', 'SEAFOOD'],
    ['알레르기 검사에서 계란 3단계 나옴', 'EGG'],
    ['지연성 알레르기: 우유, 계란, 밀', 'GLUTEN,MILK,EGG'],
    ['회 안 먹어요', ''],
    // What holds them, or acts like them, is eaten as well.
    ['라텍스 알레르기', 'UNREAD'],
    ['니켈 알레르기', 'UNREAD'],
    ['히스타민 불내증', 'UNREAD'],
    ['아황산염 주의', 'UNREAD'],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});

describe('An allergy of earlier years', () => {
  it.each([
    ['땅콩 알레르기였는데 지금은 괜찮아요', 'NUT'],
    ['어릴때 우유 알레르기 있었는데 지금은 없어요', 'MILK'],
    ['어릴 때 새우 알레르기가 있었어요', 'SEAFOOD'],
    ['계란 알레르기 없어졌어요', 'EGG'],
  ])('stays one (%s), for it was not tested here that it is gone', (text, expected) => expect(read(text)).toBe(expected));

  it('is none in a way of eating', () => {
    expect([read('비건이었는데 지금은 고기 먹어요'), read('비건이에요')]).toEqual(['', 'VEGETARIAN,VEGAN']);
  });
});

describe('What upsets the gut', () => {
  it.each([
    ['우유 마시면 화장실 직행', 'LACTOSE'],
    ['우유는 배아파요', 'LACTOSE'],
    ['치즈는 괜찮은데 우유는 배아파요', 'LACTOSE'],
    ['유당 분해 못함', 'LACTOSE'],
    ['계란 설사', 'EGG'],
    ['라떼 마시면 배 부글부글', 'MILK'],
    ['콩류 먹으면 방귀', 'SOY'],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['양파,마늘 먹으면 가스차요', ['onion', 'garlic']],
    ['양파 마늘 먹으면 가스 차요', ['onion', 'garlic']],
    ['고구마 먹으면 속쓰림', ['sweet-potato', 'cooked-glass-noodles']],
    ['가지 못 먹어요', ['aubergine']],
    ['오렌지 못 먹어요', ['orange']],
    ['가지는 별로', ['aubergine']],
    ['마늘 알레르기', ['garlic', 'kimchi']],
    ['옥수수 알레르기', ['corn-syrup']],
    ['오신채 안 먹어요', ['garlic', 'onion', 'scallion', 'garlic-chives']],
    ['카페인 민감', ['green-tea']],
  ])('or is not eaten (%s) is in no dish, and is understood', (text, ids) => {
    expect(barredBy(text)).toEqual(expect.arrayContaining(ids));
    expect(read(text).includes('UNREAD')).toBe(false);
  });
});

describe('Words that are mistyped, drawn or of other letters', () => {
  it.each([
    ['🥜☠️', 'NUT'],
    ['🦐 🙅‍♀️', 'SEAFOOD'],
    ['새우 🤮', 'SEAFOOD'],
    ['우유 👎', 'MILK'],
    ['땅콩 알레르기 ⚠️', 'NUT'],
    ['계란 알러ㅈㅣ', 'EGG'],
    ['ㅅㅐ우 알레르기', 'SEAFOOD'],
    ['땅콩 엘러지', 'NUT'],
    ['saeu allergy', 'SEAFOOD'],
    ['ttangkong allergy', 'NUT'],
    ['egg alergy', 'EGG'],
    ['milk alergic', 'MILK'],
    ['seafood allegy', 'SEAFOOD,NO_FISH'],
    ['우유 ㅋㅋ', ''],
    ['우유 먹고파요 ㅠㅠ', ''],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['게란 알레르기', 'EGG', ['egg', 'mayonnaise']],
    ['달갈 알레르기', 'EGG', ['egg']],
    ['세우 알레르기', 'SEAFOOD', ['shrimp', 'anchovy-stock', 'kimchi']],
    ['땅꽁 알레르기', 'NUT', ['peanut', 'sesame-oil']],
    ['밀까루 못먹어요', 'GLUTEN', ['wheat-flour', 'soy-sauce']],
    ['peenut allergy', 'NUT', ['peanut', 'sesame-seed']],
    ['계란 양성', 'EGG', ['egg']],
    ['우유 ㅠㅠ', 'MILK', ['milk', 'lactose-free-milk']],
    ['MAST 결과 우유 class 3', 'MILK', ['lactose-free-yoghurt']],
  ] as const)('%s: what may be meant is in no dish, and it is told that the text is not understood', (text, allergen, ids) => {
    expect(barredBy(text)).toEqual(expect.arrayContaining([...ids]));
    const held = catalogue.ingredients.filter(({ allergens }) => allergens.includes(allergen)).map(({ id }) => id);
    expect(barredBy(text)).toEqual(expect.arrayContaining(held));
    expect(read(text)).toBe('UNREAD');
  });
});

describe('Conditions in words of patients', () => {
  it.each([
    ['살 너무 많이 빠졌어요', 'CARE,NO_LESS'],
    ['3개월에 10kg 빠짐', 'CARE,NO_LESS'],
    ['체중감소', 'CARE,NO_LESS'],
    ['마른 체질이라 살찌고 싶어요', 'CARE,NO_LESS'],
    ['살이 빠지고 있어요', 'CARE,NO_LESS'],
    ['살이 빠지고 싶어요', ''],
    ['살 빠지게 해주세요', ''],
    ['체중 감소 목표', ''],
    ['다이어트 중', ''],
    ['메트포르민 복용', 'CARE'],
    ['단백뇨', 'CARE'],
    ['당뇨병성 신증', 'CARE'],
    ['요산수치 높음', 'CARE'],
    ['혈전약', 'CARE'],
    ['모클로베마이드', 'CARE'],
    ['심방세동', 'CARE'],
    ['임플란트 중이라 딱딱한거 못먹음', 'CARE'],
    ['임신중 아님', ''],
    ['스님이에요', 'VEGETARIAN'],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});
