import { describe, expect, it } from '@jest/globals';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { asPatient } from '../../../src/domain/advice/kin.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { speaksOfCare } from '../../../src/domain/advice/care-words.js';
import { allergenBit } from '../../../src/domain/advice/restrictions.js';
import { localDate } from '../../../src/domain/local-date.js';
import { advised, idOf, patient } from './advice-fixture.js';
import { profileOf } from '../../../src/records/profile-columns.js';

const [MILK, NUT, SEAFOOD, EGG] = (['MILK', 'NUT', 'SEAFOOD', 'EGG'] as const).map(allergenBit) as [number, number, number, number];

const adviceOf = (text: string) =>
  advised(patient({ allergens: allergensSaid(text), upsets: upsetsSaid(text), today: [idOf('새우볶음밥')], recent: [] }));

describe('What a text says of another', () => {
  it.each([
    ['남편이 우유 알레르기', MILK, MILK],
    ['남편이 우유 알레르기가 있어요', MILK, MILK],
    ['엄마는 새우 알레르기, 저는 계란 알레르기', SEAFOOD | EGG, SEAFOOD],
    ['my husband is allergic to milk', MILK, MILK],
    // Of the writer as well, or of the writer alone.
    ['엄마도 새우 알레르기', SEAFOOD, 0],
    ['엄마가 저 새우 알레르기래요', SEAFOOD, 0],
    ['아내가 해 준 새우 먹고 두드러기', SEAFOOD, 0],
    ['친구가 준 땅콩 먹고 응급실', NUT, 0],
    ['남편이 우유 알레르기라 저도 안 먹어요', MILK, 0],
    ['우유 알레르기', MILK, 0],
  ])('leaves an allergen out, and is called an allergy where it is the patient’s: %j', (text, avoided, ofAnother) => {
    expect([allergensSaid(text), upsetsSaid(text)]).toEqual([avoided, ofAnother]);
  });

  it.each(['남편이 우유 알레르기', '아들이 땅콩 알레르기', '저희 어머니가 새우 알레르기예요', 'my wife is allergic to milk'])(
    'is not told to be an allergy that was not understood: %j',
    (text) => {
      expect(refusedFoodsOf(text)).toBeUndefined();
    },
  );

  it('sends nobody to an emergency number for what another is allergic to, and offers none of it', () => {
    const [own, another] = [adviceOf('새우 알레르기'), adviceOf('남편이 새우 알레르기')];
    expect([own.dietEvaluation.includes('119'), another.dietEvaluation.includes('119')]).toEqual([true, false]);
    expect(another.dietEvaluation).toMatch(/새우볶음밥/u);
    // Behind a name stands what is left out.
    const dishes = [another.dietTarget.Breakfast, another.dietTarget.Lunch, another.dietTarget.Dinner]
      .flat()
      .join()
      .replaceAll(/\([^()]*\)/gu, '');
    expect([/새우|조개|멸치육수/u.test(dishes), dishes.length > 50]).toEqual([false, true]);
  });
});

const born = (year: number): number => Date.UTC(year, 0, 1) / 86_400_000;

const profileOfBirth = (year: number) =>
  profileOf([0, null, born(year), '딸이 비건이에요. 아들이 크론병이에요', null], localDate('2026-03-01'));

describe('A text that a parent may have written', () => {
  it.each([
    ['우리 아이가 우유 알레르기예요', 8, '우유 알레르기예요'],
    ['딸이 비건이에요', 13, '비건이에요'],
    ['딸이 비건이에요', null, '비건이에요'],
    ['my son is allergic to peanuts', 6, 'is allergic to peanuts'],
    ['딸이 비건이에요', 35, '딸이 비건이에요'],
    ['딸기 알레르기', 8, '딸기 알레르기'],
    ['아이스크림 못 먹어요', 8, '아이스크림 못 먹어요'],
    ['엄마는 새우 알레르기', 8, '엄마는 새우 알레르기'],
  ])('is read as the child’s own where the patient is a child or of an unknown age: %j (%s)', (text, age, read) => {
    expect(asPatient(text, age).trim()).toBe(read);
  });

  it('makes a child what the parent wrote, and no grown patient', () => {
    const vegan = preferencesOf('비건이에요');
    expect([profileOfBirth(2016).preferences, profileOfBirth(2016).needsCare]).toEqual([vegan, true]);
    expect([profileOfBirth(1980).preferences, profileOfBirth(1980).needsCare]).toEqual([0, false]);
    expect(speaksOfCare('저희 애가 크론병이에요')).toBe(false);
  });
});
