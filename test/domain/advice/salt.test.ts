import { describe, expect, it } from '@jest/globals';
import { changedRecipe } from '../../../src/domain/advice/catalogue/recipe.js';
import { isSalty, MAX_SODIUM_MG, sodiumHalfSalted } from '../../../src/domain/advice/catalogue/sodium.js';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { treatedDietsOf } from '../../../src/domain/advice/treated-diets.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, book, catalogue, korean, patient } from './advice-fixture.js';

const recipeOf = (place: number) =>
  changedRecipe(catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.recipe ?? [], catalogue.offers[place]?.changes ?? []);
const usual = (name: string) => catalogue.dishes[catalogue.indexOfName(name)]?.recipe ?? [];

function writerOf(text: string, day = 0): PatientInputs {
  const profile = { skips: [false, false, false], waterMl: null, age: 60, preferences: 0, refuses: refusedFoodsOf(text), treatedDiets: treatedDietsOf(text) } as const; // prettier-ignore
  return patient({ recordDate: addDays(localDate('2026-03-01'), day), profile });
}

const monthOf = (text: string): DailyAdvice[] => Array.from({ length: 42 }, (_, day) => advised(writerOf(text, day)));

describe('Sodium of a dish', () => {
  it('is that of its ingredients, with half of the salt and soy sauce', () => {
    expect(Math.round(sodiumHalfSalted(usual('삶은달걀')) ?? 0)).toBe(142); // 100 g of egg
    const rice = sodiumHalfSalted(usual('쌀밥')) ?? -1;
    expect([rice >= 0, rice < 5]).toEqual([true, true]);
    const [salt] = usual('무나물').filter(({ ingredient }) => ingredient.id === 'salt');
    expect(sodiumHalfSalted(salt === undefined ? [] : [salt])).toBeCloseTo(193.8, 1); // 1 g, of which half is used
  });

  it('is not known where one ingredient has no figure, and a dish like that counts as salty', () => {
    expect([sodiumHalfSalted(usual('두부된장국')), isSalty(usual('두부된장국'))]).toEqual([null, true]);
  });

  it('is much in what a dietitian would keep from a high blood pressure', () => {
    for (const name of ['소고기장조림', '오리소금구이', '가자미구이', '곰탕', '미역국', '김치찌개', '물냉면']) {
      expect(usual(name).length).toBeGreaterThan(0);
      expect([name, isSalty(usual(name))]).toEqual([name, true]);
    }
  });
});

describe.each(['고혈압이 있어요', '싱겁게 먹어요', '협심증'])('A patient who writes %s', (text) => {
  const month = monthOf(text);

  it('is offered no salty dish, and enough of the others', () => {
    const places = month.flatMap(({ offers }) => offers);
    expect(places.filter((place) => isSalty(recipeOf(place))).map((place) => catalogue.offers[place]?.labelKo)).toEqual([]);
    expect(new Set(places.map((place) => catalogue.offers[place]?.dish)).size).toBeGreaterThan(50);
    for (const { dietTarget } of month)
      for (const meal of [dietTarget.Breakfast, dietTarget.Lunch, dietTarget.Dinner]) expect(meal.length).toBeGreaterThanOrEqual(4);
  });

  it('is told each day to season with half, on which that rests, and eats little salt by the three meals', () => {
    for (const { dietTarget, offers } of month) {
      expect(dietTarget.Summary).toMatch(/소금과 간장은 평소의 절반만/u);
      const [breakfast, lunch] = [dietTarget.Breakfast.length, dietTarget.Lunch.length];
      const meals = [offers.slice(0, breakfast), offers.slice(breakfast, breakfast + lunch), offers.slice(breakfast + lunch)];
      const set = meals.flatMap((meal) => meal.slice(0, composedMeal(meal, catalogue).composed));
      expect(set.length).toBeLessThanOrEqual(9);
      const sodium = set.reduce((sum, place) => sum + (sodiumHalfSalted(recipeOf(place)) ?? Number.NaN), 0);
      expect(sodium).toBeLessThanOrEqual(9 * MAX_SODIUM_MG);
    }
  });

  it('gets none from a model either', () => {
    const gate = createSafetyGate(catalogue, korean);
    const stew = catalogue.offers.findIndex(
      ({ dish, judged }) => catalogue.dishes[dish]?.nameKo === '소고기장조림' && judged.fodmap === 'LOW',
    );
    const codes = (who: string): readonly string[] => {
      const advice = gate.pass({ meals: [[], [stew], []], points: () => [] }, writerOf(who), { book, dishes: [0, 1, 0] });
      return 'violations' in advice ? advice.violations : [];
    };
    expect([codes(text), codes('한식을 좋아해요')].map((each) => each.includes('NOT_WANTED'))).toEqual([true, false]);
  });
});

it('Others are offered salty dishes as before', () => {
  const places = monthOf('한식을 좋아해요').flatMap(({ offers }) => offers);
  expect(places.some((place) => isSalty(recipeOf(place)))).toBe(true);
});
