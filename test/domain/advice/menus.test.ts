import { describe, expect, it } from '@jest/globals';
import { bitCount } from '../../../src/domain/advice/bit-count.js';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import { isBowlSoup, isProteinDish, isStaple } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { FODMAP_KINDS, type Ingredient } from '../../../src/domain/advice/catalogue/ingredient.js';
import { MEALS } from '../../../src/domain/advice/catalogue/dish.js';
import { PREFERENCES } from '../../../src/domain/advice/patient-inputs.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, catalogue, engineIn, idOf, korean, mealsOf, patient, vocabulary } from './advice-fixture.js';

const engine = engineIn(korean);
const MASKS = Array.from({ length: 128 }, (_, mask) => mask);

function holds(meal: readonly number[], fits: 'staple' | 'protein'): boolean {
  return meal.some((place) => {
    const offer = catalogue.offers[place];
    const category = catalogue.dishes[offer?.dish ?? -1]?.category;
    return offer !== undefined && category !== undefined && (fits === 'staple' ? isStaple(category) : isProteinDish(offer));
  });
}

/** Loads of what is low, all dishes together. */
const loads = (places: readonly number[]): number[] =>
  FODMAP_KINDS.map((_, kind) => places.reduce((sum, place) => sum + (catalogue.offers[place]?.judged.lowLoads[kind] ?? 0), 0));
const kindOf = (place: number): string => {
  const category = catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.category ?? 'SNACK';
  if (isStaple(category)) return 'staple';
  return category === 'SIDE_DISH' || category === 'PROTEIN_MAIN' ? 'dish' : category === 'SOUP_STEW' ? 'soup' : 'besides';
};
const dishOf = (place: number): (typeof catalogue.dishes)[number] | undefined => catalogue.dishes[catalogue.offers[place]?.dish ?? -1];
const isBowl = (place: number): boolean => {
  const dish = dishOf(place);
  return dish !== undefined && (dish.category === 'NOODLE' || isBowlSoup(dish));
};

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
          expect(offers.toSorted((a, b) => a - b)).toEqual(meal.toSorted((a, b) => a - b));
          const categories = meal.slice(0, composed).map((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.category);
          const [staples, soups] = [
            categories.filter((each) => each !== undefined && isStaple(each)),
            categories.filter((each) => each === 'SOUP_STEW'),
          ];
          expect(meal.slice(0, composed).filter((place) => dishOf(place)?.category === 'SOUP_STEW' && isBowl(place))).toEqual([]);
          expect({ user, staples: staples.length, soups: soups.length <= 1 }).toEqual({ user, staples: 1, soups: true });
        }
      }
    }
  });
});

describe('Rice cake soup', () => {
  it('is a bowl in place of rice, as no other soup is', () => {
    expect(catalogue.dishes.filter(isBowlSoup).map(({ nameKo }) => nameKo)).toEqual(['소고기떡국', '사골떡국']);
  });
});

describe('Breakfast', () => {
  it('begins with many dishes over the days, and with none of them on more than a third', () => {
    const first = new Map<number, number>();
    for (let user = 1; user <= 40; user += 1)
      for (let day = 0; day < 14; day += 1) {
        const [breakfast] = mealsOf(advised(patient({ userId: userId(user), recordDate: addDays(localDate('2026-03-14'), day) }), engine));
        const place = breakfast?.[0] ?? -1;
        first.set(place, (first.get(place) ?? 0) + 1);
      }
    expect(first.size).toBeGreaterThan(8);
    expect(Math.max(...first.values()) / (40 * 14)).toBeLessThan(1 / 3);
  });
});

describe('A dish that is swapped', () => {
  it('leaves its meal low, over 1,400 days: any alternative for each dish of its kind', () => {
    let swaps = 0;
    const high: { day: number; table: readonly number[] }[] = []; // one assertion for all: ten thousands of them took longer than the menus
    for (let day = 0; day < 1_400; day += 1) {
      const inputs = patient({
        userId: userId(1 + (day % 23)),
        recordDate: addDays(localDate('2026-03-14'), day),
        allergens: day % 3 === 0 ? 1 << (day % 7) : 0,
        recent: day % 2 === 0 ? [idOf('쌀밥'), idOf('시금치나물')] : [],
      });
      for (const meal of mealsOf(advised(inputs, engine))) {
        const { composed } = composedMeal(meal, catalogue);
        const set = meal.slice(0, composed);
        for (const other of meal.slice(composed).filter((place) => !isBowl(place))) {
          const own = set.filter((each) => kindOf(each) === kindOf(other));
          const tables = own.length === 0 ? [[...set, other]] : own.map((gone) => [...set.filter((each) => each !== gone), other]);
          swaps += tables.length;
          for (const table of tables) if (!(Math.max(...loads(table)) <= 1 + 1e-9)) high.push({ day, table });
        }
      }
    }
    expect(high).toEqual([]);
    expect(swaps).toBeGreaterThan(20_000);
  });

  it('has an alternative of nearly every kind: what cannot be swapped gave way to another', () => {
    const lengths = Array.from(
      { length: 200 },
      (_, day) => mealsOf(advised(patient({ recordDate: addDays(localDate('2026-03-14'), day) }), engine)).flat().length,
    );
    expect(lengths.reduce((sum, each) => sum + each, 0) / lengths.length).toBeGreaterThan(29.5);
  });
});

/** Labels of the offers that a preference bars. */
const barred = (bit: number): Set<string> =>
  new Set(catalogue.offers.filter((_, place) => ((catalogue.dislikes[place] ?? 0) & (1 << bit)) !== 0).map(({ labelKo }) => labelKo));
/** Labels of the offers with an ingredient that fits. */
const holding = (fits: (of: Ingredient) => boolean): string[] =>
  catalogue.offers.filter(({ judged }) => judged.recipe.some(({ ingredient }) => fits(ingredient))).map(({ labelKo }) => labelKo);

describe('What a patient prefers', () => {
  it('bars every meat and its stock where it is no meat, and milk, egg and honey besides all animals where it is vegan', () => {
    const [meat, animal] = [holding(({ group, id }) => group === 'MEAT' || /^(?:beef|chicken)-stock$/u.test(id)), holding(({ allergens }) => allergens.some((each) => /^(?:MILK|EGG|SEAFOOD)$/u.test(each)))]; // prettier-ignore
    expect(barred(PREFERENCES.indexOf('NO_MEAT'))).toEqual(new Set(meat));
    expect([...meat, ...animal].filter((label) => !barred(PREFERENCES.indexOf('VEGAN')).has(label))).toEqual([]);
    expect(animal.length).toBeGreaterThan(20);
  });

  it.each(PREFERENCES.map((preference, bit) => [preference, bit] as const))('is kept to: %s', (_, bit) => {
    for (let user = 1; user <= 30; user++) {
      const profile = { skips: [false, false, false], waterMl: null, age: null, preferences: 1 << bit } as const;
      const { offers } = advised(patient({ userId: userId(user), profile }), engine);
      expect(offers.filter((offer) => ((catalogue.dislikes[offer] ?? 0) & (1 << bit)) !== 0)).toEqual([]);
      expect(offers.length).toBeGreaterThan(6);
    }
  });

  it('is read of ingredients, stocks among them', () => {
    expect(against('고등어소금구이')).toEqual(['VEGETARIAN', 'NO_FISH', 'VEGAN']);
    expect(against('돼지고기뭇국')).toEqual(['VEGETARIAN', 'NO_PORK', 'VEGAN', 'NO_MEAT']);
    expect(against('삶은달걀')).toEqual(['VEGAN']);
    expect(against('락토프리우유')).toEqual(['VEGAN']);
    expect(against('쌀밥')).toEqual([]);
  });
});
