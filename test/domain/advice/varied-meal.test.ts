import { describe, expect, it } from '@jest/globals';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import { DietPicker } from '../../../src/domain/advice/diet-picker.js';
import { mainsOf } from '../../../src/domain/advice/main-foods.js';
import { userId } from '../../../src/domain/ids.js';
import { book, catalogue, patient } from './advice-fixture.js';

const offerNamed = (name: string): number => catalogue.dishes[catalogue.indexOfName(name)]?.offers[0] ?? -1;
const named = (place: number): string => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.nameKo ?? '';
const mains = (place: number): number => mainsOf(catalogue.offers[place]?.judged.recipe ?? []);
/** How many dishes are of something of which another one is. */
const doubled = (set: readonly number[]): number => set.filter((place, at) => set.slice(0, at).some((other) => (mains(other) & mains(place)) !== 0)).length; // prettier-ignore

/** Names of the dishes that are set of these. */
const setOf = (all: readonly number[]): string[] => {
  const { offers, composed } = composedMeal(all, catalogue);
  return offers.slice(0, composed).map(named);
};

describe('The meal that is set', () => {
  it('has a soup of another meat than its main dish where there is one, and the same one where there is none', () => {
    const [rice, beefSoup, spinachSoup, beef] = ['쌀밥', '소고기뭇국', '시금치맑은국', '소고기등심구이'].map(offerNamed) as [number, number, number, number]; // prettier-ignore
    expect(setOf([rice, beefSoup, spinachSoup, beef])).toEqual(['쌀밥', '시금치맑은국', '소고기등심구이']);
    expect(setOf([rice, beefSoup, beef])).toEqual(['쌀밥', '소고기뭇국', '소고기등심구이']);
  });

  it('seldom has a meat, fish, egg or soy food twice', () => {
    const picker = new DietPicker(catalogue);
    const sets = Array.from(
      { length: 200 },
      (_, number) => picker.pick(patient({ userId: userId(number + 1) }), book, { person: number, day: number }).meals,
    ).flatMap((meals) =>
      meals.map((meal) => {
        const { offers, composed } = composedMeal(meal, catalogue);
        return offers.slice(0, composed);
      }),
    );
    expect(sets).toHaveLength(600);
    expect(sets.filter((set) => doubled(set) > 0).length).toBeLessThan(30); // one in five before
  });
});
