import { allergenBit } from '../domain/advice/restrictions.js';
import type { DemoFood, Meal } from './demo-food.js';

/** What a patient with certain allergies eats at each meal: ids of `ibsafe_food`, never none. */
export type Menu = Readonly<Record<Meal, readonly number[]>>;

/** Gives the menu for a mask of `allergenBit`s. The id of a food is its place in the list, from 1. */
export type MenuFor = (avoided: number) => Menu;

/**
 * Makes each menu once, on first use: there are at most 64 masks, and a million patients share them.
 * A meal for which nothing suitable is left is served from all foods, as people without a choice do.
 */
export function menusOf(foods: readonly DemoFood[]): MenuFor {
  const entries = foods.map((food, index) => ({
    id: index + 1,
    allergens: food.allergens.reduce((mask, allergen) => mask | allergenBit(allergen), 0),
    meals: new Set(food.meals.map((meal) => meal.toLowerCase())),
  }));
  const everything = entries.map(({ id }) => id);
  const known = new Map<number, Menu>();

  const idsFor = (meal: Meal, avoided: number) => {
    const ids = entries
      .filter((food) => (food.allergens & avoided) === 0 && (food.meals.size === 0 || food.meals.has(meal)))
      .map(({ id }) => id);
    return ids.length > 0 ? ids : everything;
  };
  return (avoided) => {
    let menu = known.get(avoided);
    if (menu === undefined) {
      menu = { breakfast: idsFor('breakfast', avoided), lunch: idsFor('lunch', avoided), dinner: idsFor('dinner', avoided) };
      known.set(avoided, menu);
    }
    return menu;
  };
}
