import { describe, expect, it } from '@jest/globals';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { advised, catalogue, idOf, patient } from './advice-fixture.js';

const NAMES = [...ALLERGENS, 'LACTOSE'];
const named = (bits: number): string => NAMES.filter((_, bit) => (bits & (1 << bit)) !== 0).join();
const ways = (text: string): string => PREFERENCES.filter((_, bit) => (preferencesOf(text) & (1 << bit)) !== 0).join();
const isUnread = (text: string): boolean => {
  const said = refusedFoodsOf(text);
  return said !== undefined && refusedOffers(catalogue, said).isUnread;
};

/** What is told of milk that was had. */
const told = (text: string): string =>
  advised(patient({ today: [idOf('우유')], allergens: allergensSaid(text), upsets: upsetsSaid(text) })).dietEvaluation;

describe('Words as patients type them', () => {
  it.each([
    ['우유 주의', 'MILK'],
    ['새우주의', 'SEAFOOD'],
    ['땅콩 조심해 주세요', 'NUT'],
    ['조개 먹고 체한적 있음', 'SEAFOOD'],
    ['우유 먹음 배아픔', 'LACTOSE'],
  ])('have a food left out that is to be careful with or upsets, and call it no allergy: %j', (text, what) => {
    expect([named(allergensSaid(text)), named(upsetsSaid(text) | (allergensSaid(text) & 64))]).toEqual([what, what]);
  });

  it('send nobody to an ambulance for a word of caution, and do for an allergy', () => {
    expect([told('우유 주의').includes('119'), told('우유 주의').includes('우유')]).toEqual([false, true]);
    expect(told('우유 알레르기 주의')).toContain('119');
  });

  it.each([
    ['우유 알레르기 주의', 'MILK'],
    ['꽃게탕 먹고 입술 부음', 'SEAFOOD'],
    ['새우 못머거요', 'SEAFOOD'],
    ['새우 몬머거요', 'SEAFOOD'],
    ['밀가루 안머금', 'GLUTEN'],
    ['🦐❌', 'SEAFOOD'],
    ['🥜알러지', 'NUT'],
    ['🥛 못먹음', 'MILK'],
  ])('count as an allergy: %j', (text, what) => {
    expect([named(allergensSaid(text)), upsetsSaid(text)]).toEqual([what, 0]);
  });

  it.each([
    ['남편이 우유 알레르기', 'MILK'],
    ['친구가 새우 알레르기', 'SEAFOOD'],
    ['my son is allergic to peanuts', 'NUT'],
  ])('leave out what another one is allergic to, and call it no allergy of the patient: %j', (text, what) => {
    expect([named(allergensSaid(text)), named(upsetsSaid(text)), isUnread(text)]).toEqual([what, what, false]); // what upsets is no allergy
  });

  it.each(['우유 조아요', '계란 조아해요', '우유 좋아요'])('say that a food is liked, however it is spelt: %j', (text) => {
    expect([allergensSaid(text), isUnread(text), ways('고기 조아요'), ways('고기시러')]).toEqual([0, false, '', 'NO_MEAT']);
  });

  it.each(['딸이 비건이에요', '저희 어머니 채식하세요', '남자친구가 비건이라 같이 먹어요', 'my wife is vegan'])(
    'make nobody a vegan whose family is: %j',
    (text) => {
      expect([ways(text), ways('제가 비건이에요'), ways('아내도 저도 비건이에요'), ways('가족이 다 비건이에요')]).toEqual([
        '',
        'VEGETARIAN,VEGAN',
        'VEGETARIAN,VEGAN',
        'VEGETARIAN,VEGAN',
      ]);
    },
  );
});
