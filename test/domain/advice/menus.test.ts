import { describe, expect, it } from '@jest/globals';
import { bitCount } from '../../../src/domain/advice/bit-count.js';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import { isProteinDish, isStaple } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { MEALS } from '../../../src/domain/advice/catalogue/dish.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, catalogue, engineIn, idOf, korean, patient, vocabulary } from './advice-fixture.js';

const engine = engineIn(korean);
const MASKS = Array.from({ length: 128 }, (_, mask) => mask);

/** The meals of a day, as offers. */
function mealsOf({ offers, dietTarget }: ReturnType<typeof advised>): readonly (readonly number[])[] {
  const [breakfast, lunch] = [dietTarget.Breakfast.length, dietTarget.Lunch.length];
  return [offers.slice(0, breakfast), offers.slice(breakfast, breakfast + lunch), offers.slice(breakfast + lunch)];
}

function holds(meal: readonly number[], fits: 'staple' | 'protein'): boolean {
  return meal.some((place) => {
    const offer = catalogue.offers[place];
    const category = catalogue.dishes[offer?.dish ?? -1]?.category;
    return offer !== undefined && category !== undefined && (fits === 'staple' ? isStaple(category) : isProteinDish(offer));
  });
}

/** Preferences that the first offer of a dish goes against. */
function against(name: string): string[] {
  const bits = catalogue.dishes[idOf(name) - 1]?.offers.map((offer) => catalogue.dislikes[offer] ?? 0)[0] ?? 0;
  return PREFERENCES.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

describe('Every combination of allergies and intolerance', () => {
  it('has at least four dishes a meal with up to four flags, a staple and a protein among them; with more at least two, or is sent to a dietitian', () => {
    for (const allergens of MASKS) {
      for (let day = 0; day < 5; day++) {
        const advice = advised(
          patient({ allergens, userId: userId(allergens + 1), recordDate: addDays(localDate('2026-03-01'), day) }),
          engine,
        );
        const said = advice.points.map(({ point }) => vocabulary.points[point]?.id);
        mealsOf(advice).forEach((meal, at) => {
          const where = { allergens, meal: MEALS[at], dishes: meal.length };
          expect(meal.map((offer) => (catalogue.restrictions[offer] ?? 0) & allergens).filter((bits) => bits !== 0)).toEqual([]);
          if (bitCount(allergens) <= 4) {
            expect({ ...where, isEnough: meal.length >= 4 }).toEqual({ ...where, isEnough: true });
            expect({ ...where, staple: holds(meal, 'staple'), protein: holds(meal, 'protein') }).toEqual({
              ...where,
              staple: true,
              protein: true,
            });
          } else if (meal.length < 2) expect(said).toContain('FEW_DISHES');
        });
        expect(said.includes('FEW_DISHES')).toBe(mealsOf(advice).some((meal) => meal.length < 4));
      }
    }
  });
});

describe('A composed meal', () => {
  it('comes first, and stacks no FODMAP kind above what is low', () => {
    for (let user = 1; user <= 60; user++) {
      const advice = advised(patient({ userId: userId(user) }), engine);
      for (const meal of mealsOf(advice)) {
        const first = catalogue.offers[meal[0] ?? -1];
        expect(isStaple(catalogue.dishes[first?.dish ?? -1]?.category ?? 'SNACK')).toBe(true);
      }
    }
  });

  it('has one staple and one soup at most', () => {
    for (let user = 1; user <= 60; user++) {
      for (const allergens of [0, 1 << (user % 7)]) {
        for (const meal of mealsOf(advised(patient({ userId: userId(user), allergens }), engine))) {
          const { offers, composed } = composedMeal(meal, catalogue);
          expect(offers).toEqual(meal);
          const categories = offers.slice(0, composed).map((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.category);
          const [staples, soups] = [
            categories.filter((each) => each !== undefined && isStaple(each)),
            categories.filter((each) => each === 'SOUP_STEW'),
          ];
          expect({ user, staples: staples.length, soups: soups.length <= 1 }).toEqual({ user, staples: 1, soups: true });
        }
      }
    }
  });
});

describe('What a patient prefers', () => {
  it.each(PREFERENCES.map((preference, bit) => [preference, bit] as const))('is kept to: %s', (_, bit) => {
    for (let user = 1; user <= 30; user++) {
      const profile = { skips: [false, false, false], waterMl: null, age: null, preferences: 1 << bit } as const;
      const { offers } = advised(patient({ userId: userId(user), profile }), engine);
      expect(offers.filter((offer) => ((catalogue.dislikes[offer] ?? 0) & (1 << bit)) !== 0)).toEqual([]);
      expect(offers.length).toBeGreaterThan(6);
    }
  });

  it('is read of ingredients, stocks among them', () => {
    expect(against('고등어소금구이')).toEqual(['VEGETARIAN', 'NO_FISH']);
    expect(against('돼지고기뭇국')).toEqual(['VEGETARIAN', 'NO_PORK']);
    expect(against('쌀밥')).toEqual([]);
  });
});
