import { describe, expect, it } from '@jest/globals';
import { speaksOfCare } from '../../../src/domain/advice/care-words.js';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { catalogue } from './advice-fixture.js';

/** What a text comes to: flags and preferences, `UNREAD` where something is not understood, `CARE` where a condition is told. */
function read(text: string): string {
  const [flags, preferences] = [allergensSaid(text), preferencesOf(text)];
  const said = refusedFoodsOf(text);
  return [
    ...[...ALLERGENS, 'LACTOSE'].filter((_, bit) => (flags & (1 << bit)) !== 0),
    ...PREFERENCES.filter((_, bit) => (preferences & (1 << bit)) !== 0),
    ...(said !== undefined && refusedOffers(catalogue, said).isUnread ? ['UNREAD'] : []),
    ...(speaksOfCare(text) ? ['CARE'] : []),
  ].join();
}

describe('Negation in a list', () => {
  it.each([
    // A condition of a list is none only where it is denied itself: what is doubtful is told.
    ['당뇨, 고혈압 없음', 'CARE'],
    ['당뇨/고혈압 없음', 'CARE'],
    ['당뇨 없음/고혈압 있음', ''],
    ['당뇨 있음, 알레르기 없음', 'CARE'],
    ['고혈압 없음, 당뇨', 'CARE'],
    ['당뇨 없음, 크론병 있음', 'CARE'],
    ['no allergies or diabetes', 'CARE'],
    ['no diabetes, pregnant', 'CARE'],
    ['not diabetic, not pregnant', ''],
    // Of an allergy the same: that there is one stands, wherever it is denied that there is another.
    ['알레르기 없음', ''],
    ['알레르기 없음, 새우 못 먹음', 'SEAFOOD'],
    ['계란 알레르기 없음, 우유 알레르기 있음', 'MILK'],
    ['계란 알레르기 있고 우유는 없음', 'EGG,UNREAD'],
    ['유당불내증, 계란 알레르기 없음', 'LACTOSE'],
    ['새우 알레르기 없는 줄 알았는데 있음', 'SEAFOOD,UNREAD'],
    ['새우 제외 알레르기 없음', 'SEAFOOD'],
    ['no nuts allergy', 'NUT'],
    ['no allergies but milk', 'MILK'],
    ['not allergic to eggs', ''],
    ['not allergic to eggs but milk', 'MILK'],
    ['not allergic to eggs, allergic to milk', 'MILK'],
    // Everything but one is not that one.
    ['계란 빼고 다 먹음', 'EGG'],
    ['유제품만 빼고 다 먹어요', 'MILK'],
    ['견과류 말고는 다 먹어요', 'NUT'],
    ['everything except eggs', 'EGG'],
    ['everything but nuts', 'NUT'],
    ['밀가루 제외', 'GLUTEN'],
    ['견과류 섭취 금지', 'NUT'],
    ['계란 섭취 안 함', 'EGG'],
    ['우유X, 계란(X)', 'MILK,EGG'],
    ['no eggs, vegan', 'EGG,VEGETARIAN,VEGAN'],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});

describe('That a food does harm', () => {
  it.each([
    ['우유 먹으면 배 아파요', 'LACTOSE'],
    ['알레르기는 없는데 우유 마시면 설사', 'LACTOSE'],
    ['우유가 안 맞아요', 'MILK'],
    ['유제품 소화 안 돼요', 'MILK'],
    ['밀가루 먹으면 속이 안 좋아요', 'GLUTEN'],
    ['밀가루에 민감해요', 'GLUTEN'],
    ['유당분해효소 결핍', 'LACTOSE'],
    ['새우 먹고 응급실 갔어요', 'SEAFOOD'],
    ['새우 먹고 입술이 부었어요', 'SEAFOOD'],
    ['게 먹으면 몸이 가렵다', 'SEAFOOD'],
    ['아낙필락시스 땅콩', 'NUT'],
    ['셀리악병', 'GLUTEN,CARE'],
    ['celiac, no dairy', 'GLUTEN,MILK,CARE'],
    ['글루텐 프리 식단', 'GLUTEN'],
    ['무글루텐', 'GLUTEN'],
    ['milk gives me diarrhea', 'LACTOSE'],
    ['dairy makes me bloated', 'MILK'],
    ['sensitive to gluten', 'GLUTEN'],
    ['lactose malabsorption', 'LACTOSE'],
    ['epipen for peanuts', 'NUT'],
    ['복숭아가 안 맞아요', ''],
  ])('%s: %j, and all of it is understood', (text, expected) => expect(read(text)).toBe(expected));

  it('is told as not understood where the words beside a food with a flag are none that are known', () => {
    const doubtful = ['계란 양성', 'IgE egg positive', '땅콩 무서워요', '새우 기절', '계란 노'];
    expect(doubtful.map(read)).toEqual(doubtful.map(() => 'UNREAD'));
  });

  it('is not heard where a food is eaten, liked, or named among others', () => {
    const liked = [
      '장이 예민해서 두부 먹어요', '살 빼려고 두부 먹어요', '새우 먹고 배불러요', '락토프리 우유 좋아해요', '글루텐을 좋아해요', '우유 하루 한 잔', '해산물 파스타', '치즈 피자', '참치김밥', '한식, 두부, 새우볶음밥',
      'fried eggs', 'I tolerate eggs well', 'tuna sandwich', '생선은 먹고 채소도 먹어요', '두부 요리 추천 부탁드려요',
    ]; // prettier-ignore
    expect(liked.map(read)).toEqual(liked.map((text) => (text.startsWith('락토프리') ? 'LACTOSE' : '')));
  });
});

describe('A way of eating', () => {
  it.each([
    ['할랄', 'NO_PORK'],
    ['무슬림이라 새우만 먹어요', 'NO_PORK'],
    ['halal food please', 'NO_PORK'],
    ['kosher', 'NO_PORK'],
    ['힌두교', 'NO_BEEF'],
    ['페스코', 'NO_MEAT'],
    ['pescatarian', 'NO_MEAT'],
    ['plant-based', 'VEGETARIAN,VEGAN'],
    ['무슬림 아니에요', ''],
    ['not muslim', ''],
  ])('%s: %j', (text, expected) => expect(read(text)).toBe(expected));
});

describe('A condition in which no food is left out unasked', () => {
  it.each([
    '크론병', '궤양성 대장염', '위암 수술', '항암 중', '위 절제', '간경화', '심부전, 물 제한', '칼륨 제한식', '혈당이 높아요', 'BMI 15', 'BMI 17.9', '살이 계속 빠져요', '체중이 줄었어요', '먹토', '출산 한 달',
    "Crohn's", 'ulcerative colitis', 'heart failure', 'celiac', 'on insulin', 'I have lost a lot of weight', 'malnourished', 'chemotherapy',
  ])('is read from %j', (text) => expect(speaksOfCare(text)).toBe(true)); // prettier-ignore

  it.each([
    '크론병 아님',
    '혈당 정상',
    'BMI 22',
    'no cancer',
    'not celiac',
    '어머니가 위암',
    '살 빼는 중이에요',
    '마그네슘',
    '암모니아 냄새',
  ])('is not read from %j', (text) => expect(speaksOfCare(text)).toBe(false));
});
