import { describe, expect, it } from '@jest/globals';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { allergensSaid } from '../../../src/domain/advice/food-allergies.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { PREFERENCES, type Preference } from '../../../src/domain/advice/patient-inputs.js';

const said = (text: string): Preference[] => {
  const bits = preferencesOf(text);
  return PREFERENCES.filter((_, bit) => (bits & (1 << bit)) !== 0);
};

describe('what a free text about food says', () => {
  it.each<[string, Preference[]]>([
    ['채식', ['VEGETARIAN']],
    ['비건입니다', ['VEGETARIAN', 'VEGAN']],
    ['비건', ['VEGETARIAN', 'VEGAN']],
    ['I am vegan', ['VEGETARIAN', 'VEGAN']],
    ['고기는 못 먹어요', ['NO_MEAT']],
    ['no meat', ['NO_MEAT']],
    ['I am a vegetarian', ['VEGETARIAN']],
    ['돼지고기는 안 먹어요', ['NO_PORK']],
    ['삼겹살 못먹음', ['NO_PORK']],
    ['소고기 알레르기 있음', ['NO_BEEF']],
    ['닭고기 제외', ['NO_CHICKEN']],
    ['생선 싫어함', ['NO_FISH']],
    ['해산물 기피', ['NO_FISH']],
    ['매운 음식은 못 먹습니다', ['NOT_HOT']],
    ['맵지 않은 음식', ['NOT_HOT']],
    ['순한 음식', ['NOT_HOT']],
    ['고기를 싫어해요', ['NO_MEAT']],
    ['No pork, please', ['NO_PORK']],
    ["I don't eat beef", ['NO_BEEF']],
    ['not spicy', ['NOT_HOT']],
    ['돼지고기, 소고기 빼주세요', ['NO_PORK', 'NO_BEEF']],
    ['no pork, beef or chicken', ['NO_PORK', 'NO_BEEF', 'NO_CHICKEN']],
    ['생선 좋아함, 매운 것 못 먹음', ['NOT_HOT']],
    ['all but pork', ['NO_PORK']],
    ['고기 빼고 다 먹어요', ['NO_MEAT']],
    ['돼지고기 말고는 다 먹어요', ['NO_PORK']],
    ['채식주의자예요', ['VEGETARIAN']],
    ['채식 주의자, 계란 우유는 먹음', ['VEGETARIAN']],
    ['베지테리안입니다', ['VEGETARIAN']],
    ['육식은 안 해요', ['NO_MEAT']],
  ])('%s: %j', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each([
    '',
    '한식',
    '담백한 음식',
    '따뜻한 음식',
    '생선',
    '매운 음식',
    '돼지고기',
    '소고기 좋아함',
    '물 많이',
    'fish and rice',
    '집밥',
    '고기 좋아해요',
    '고기 없이는 못 살아요',
    '오리고기 안 먹어요',
    '양 고기는 못 먹어요',
    'not vegetarian',
    'non-vegetarian',
    "I'm not a vegan",
    '채식주의자 아니에요',
    '가리는 음식 없어요',
    '못 먹는 음식 없음',
    '돼지고기, 알레르기 없음',
  ])('says nothing of what is liked or not known: %j', (text) => {
    expect(said(text)).toEqual([]);
  });

  it.each<[string, Preference[], string[]]>([
    ['비건인데 콩 알레르기', ['VEGETARIAN', 'VEGAN'], ['SOY']],
    ['비건(견과류 알레르기)', ['VEGETARIAN', 'VEGAN'], ['NUT']],
    ['채식주의자라 우유도 못 마셔요', ['VEGETARIAN'], ['MILK']],
    ['vegan with no nuts', ['VEGETARIAN', 'VEGAN'], ['NUT']],
    ['vegetarian who avoids eggs', ['VEGETARIAN'], ['EGG']],
    ['할랄인데 새우 알레르기', ['NO_PORK'], ['SEAFOOD']],
    ['힌두교인데 계란도 못 먹어요', ['NO_BEEF'], ['EGG']],
    ['페스코인데 계란 알레르기', ['NO_MEAT'], ['EGG']],
    ['비건 아닌 음식은 못 먹어요', ['VEGETARIAN', 'VEGAN'], []],
    ['비건은 아니고 채식주의자예요', ['VEGETARIAN'], []],
  ])('hears a way of eating beside what it refuses: %j', (text, ways, avoided) => {
    expect([said(text), allergens(text)]).toEqual([ways, avoided]);
  });

  it.each(['비건 음식 싫어요', '채식을 하지 않아요', '채식 안 해요', "I don't eat vegan food", '비건은 아닌데 우유 싫어요'])(
    'takes no way of eating for that of one who says that it is not theirs: %j',
    (text) => {
      expect(said(text)).toEqual([]);
    },
  );

  it('tells what is liked from what is refused, part by part', () => {
    expect(said('생선은 좋아하고 돼지고기는 싫어요')).toEqual(['NO_PORK']);
    expect(said('돼지고기는 못 먹지만 닭고기는 좋아요')).toEqual(['NO_PORK']);
    expect(said('소고기 말고 닭고기')).toEqual(['NO_BEEF']);
    expect(said('채식은 싫어요')).toEqual([]);
  });
});

const allergens = (text: string): string[] => [...ALLERGENS, 'LACTOSE'].filter((_, bit) => (allergensSaid(text) & (1 << bit)) !== 0);

describe('an allergy that is written there', () => {
  it.each<[string, string[]]>([
    ['새우 알레르기', ['SEAFOOD']],
    ['갑각류 알레르기', ['SEAFOOD']],
    ['해산물 알레르기 있어요', ['SEAFOOD']],
    ['땅콩 알레르기', ['NUT']],
    ['달걀 알레르기', ['EGG']],
    ['우유 못 마셔요', ['MILK']],
    ['밀가루 안 먹어요', ['GLUTEN']],
    ['새우, 게, 조개 알레르기', ['SEAFOOD']],
    ['allergic to shrimp and milk', ['MILK', 'SEAFOOD']],
    ['no eggs', ['EGG']],
    ['유당불내증', ['LACTOSE']],
    ['알레르기: 새우, 땅콩', ['NUT', 'SEAFOOD']],
    ['알레르기 새우, 달걀', ['SEAFOOD', 'EGG']],
    ['못 먹는 음식은 새우, 땅콩이에요', ['NUT', 'SEAFOOD']],
    ['갑각류 알레르기(새우, 게)', ['SEAFOOD']],
    ['새우 먹으면 두드러기가 나요', ['SEAFOOD']],
    ['고등어 알레르기', ['SEAFOOD']],
    ['두부 알러지', ['SOY']],
    ['I can’t eat shellfish', ['SEAFOOD']],
    ['milk allergy, peach allergy', ['MILK']],
    ['밀가리 음식은 안 묵어예', ['GLUTEN']],
    ['새우 몬 묵심더', ['SEAFOOD']],
    ['계란 무면 두드러기 나예', ['EGG']],
    ['땅콩 알레르기 없어요 다만 호두는 안 먹어요', ['NUT']],
    ['새우x, 계란x', ['SEAFOOD', 'EGG']],
    ['새우만 아니면 다 먹어요', ['SEAFOOD']],
    ['계란 외엔 다 먹음', ['EGG']],
    ['우유❌', ['MILK']],
    ['땅콩ㄴㄴ', ['NUT']],
    ['계란 사절', ['EGG']],
    ['새우 알러쥐', ['SEAFOOD']],
    ['가리비 알레르기', ['SEAFOOD']],
    ['soya allergy', ['SOY']],
    ['cant eat wheat', ['GLUTEN']],
    ['can not eat eggs', ['EGG']],
    ['저는 게 알레르기가 있어요', ['SEAFOOD']],
  ])('%s: %j', (text, expected) => {
    expect(allergens(text)).toEqual(expected);
  });

  it.each([
    '',
    '새우 좋아해요',
    '알레르기 없음',
    '새우 알레르기 없어요',
    '메밀 알레르기',
    '생선 비린내를 싫어해요',
    '콩나물 안 먹어요',
    'no known allergies',
    '못 먹는 음식 없어요',
    '우유 싫어해요',
    '씹는 게 힘들어요',
    '새우만 먹어요',
    '해외에 다녀왔어요, 계란 좋아해요',
  ])('is none where nothing must be avoided or the word is not known: %j', (text) => {
    expect(allergens(text)).toEqual([]);
  });
});
