import { describe, expect, it } from '@jest/globals';
import type { Dish, Offer } from '../../../src/domain/advice/catalogue/dish.js';
import { isProteinDish, isVegetableDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { mealTable } from '../../../src/domain/advice/meal-table.js';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import { advised, catalogue, patient } from './advice-fixture.js';

const offerOf = (place: number): Offer => catalogue.offers[place] as Offer;
const dishOf = (place: number): Dish => catalogue.dishes[offerOf(place).dish] as Dish;

/** The sets of the meals of three hundred patients, each as places in `Catalogue.offers`. */
const sets = Array.from({ length: 300 }, (_, at) => {
  const inputs = patient({ userId: userId(at + 1), recordDate: addDays(localDate('2026-03-01'), at) });
  const { offers, dietTarget } = advised(inputs);
  const [breakfast, lunch] = [dietTarget.Breakfast.length, dietTarget.Lunch.length];
  const meals = [offers.slice(0, breakfast), offers.slice(breakfast, breakfast + lunch), offers.slice(breakfast + lunch)];
  return meals.map((meal) => composedMeal(meal, catalogue)).map(({ offers: all, composed }) => all.slice(0, composed));
}).flat();

const mainsOf = (set: readonly number[]): number[] => set.filter((place) => dishOf(place).category === 'PROTEIN_MAIN');

describe('A meal that is set', () => {
  it('has one dish of meat or fish, and a second one only for vegetables that nothing else of it brings', () => {
    const two = sets.filter((set) => mainsOf(set).length > 1);
    const needless = two.filter((set) =>
      set.filter((place) => place !== mainsOf(set).at(-1)).some((place) => isVegetableDish(offerOf(place))),
    );
    expect(needless.map((set) => set.map((place) => dishOf(place).nameKo))).toEqual([]);
    expect(two.length).toBeLessThan(sets.length / 4);
  });

  it('still brings protein and vegetables', () => {
    const lacking = sets.filter((set) => !set.some((place) => isProteinDish(offerOf(place))) || !set.some((place) => isVegetableDish(offerOf(place)))); // prettier-ignore
    expect(lacking.length).toBeLessThan(sets.length / 20);
  });

  it('is what a table of four seats: a staple, a soup, a protein and a vegetable dish at most', () => {
    expect(sets.filter((set) => set.length > 4 || set.length < 2)).toEqual([]);
    const staples = sets.filter((set) => set.filter((place) => mealTable(catalogue).brings(place, 1)).length > 1);
    expect(staples).toEqual([]);
  });
});
