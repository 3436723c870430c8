import { describe, expect, it } from '@jest/globals';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { catalogue } from './advice-fixture.js';

const namesOf = (bits: number): string[] => [...ALLERGENS, 'LACTOSE'].filter((_, at) => (bits & (1 << at)) !== 0);
const isUnread = (text: string): boolean => {
  const said = refusedFoodsOf(text);
  return said !== undefined && refusedOffers(catalogue, said).isUnread;
};

describe('The disease that all patients have, in short', () => {
  it.each(['변비형 과민성, 물 많이 마심', '설사형 과민성이에요', '과민성이라 매운 거 못 먹어요', '혼합형 과민성'])(
    '%s: names no allergy',
    (text) => expect([allergensSaid(text), isUnread(text)]).toEqual([0, false]),
  );

  it('is none where a food stands before it', () => {
    expect(namesOf(allergensSaid('새우 과민성'))).toEqual(['SEAFOOD']);
    expect(namesOf(allergensSaid('설사형 과민성이고 우유 알레르기'))).toEqual(['MILK']);
  });
});

describe('What is told beside a food', () => {
  it.each([
    ['임신중 우유 알레르기', 'MILK'],
    ['임신중이에요 새우 알레르기', 'SEAFOOD'],
    ['우유 알레르기 있어요 편식 심함', 'MILK'],
    ['생선은 비려서 못 먹어요', 'SEAFOOD'],
    ['당뇨 치료중인데 땅콩 알레르기', 'NUT'],
  ])('%s: is read as it stands, and all of it is understood', (text, expected) => {
    expect([namesOf(allergensSaid(text)).join(), isUnread(text)]).toEqual([expected, false]);
  });
});

describe('An allergy of a child that is nursed', () => {
  it('is left out of the menu of its mother, and is none of hers', () => {
    for (const text of ['모유수유중 아기가 우유 알레르기', '모유 수유 중인데 아기가 우유 알레르기예요'])
      expect([text, namesOf(allergensSaid(text)), namesOf(upsetsSaid(text))]).toEqual([text, ['MILK'], ['MILK']]);
  });
});

describe('Celiac disease', () => {
  it('bars gluten, and is no allergy of which a throat swells', () => {
    for (const text of [
      '셀리악병',
      '셀리악병이 있어요',
      '셀리악 진단 받았어요',
      'celiac',
      'I have coeliac disease',
      'vegan, celiac disease',
    ])
      expect([text, namesOf(allergensSaid(text)), namesOf(upsetsSaid(text))]).toEqual([text, ['GLUTEN'], ['GLUTEN']]);
  });

  it('is told as an allergy where a text tells of one besides', () => {
    for (const text of ['셀리악병, 밀 알레르기', '밀 먹으면 두드러기 나고 셀리악병', 'wheat allergy and celiac disease'])
      expect([text, namesOf(allergensSaid(text)), namesOf(upsetsSaid(text))]).toEqual([text, ['GLUTEN'], []]);
  });
});

describe('English that turns to what is eaten', () => {
  it.each([
    ['no pork beef ok', 'NO_PORK'],
    ['no chicken, fish is fine', 'NO_CHICKEN'],
    ['no beef pork', 'NO_PORK,NO_BEEF'],
  ])('%s: %s', (text, expected) => expect(PREFERENCES.filter((_, at) => (preferencesOf(text) & (1 << at)) !== 0).join()).toBe(expected));
});
