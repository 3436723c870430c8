import type { Catalogue } from '../catalogue/catalogue.js';
import { MEALS, type Dish, type Offer } from '../catalogue/dish.js';
import { hasBroth, isBowlSoup } from '../catalogue/dish-kinds.js';
import { changedRecipe } from '../catalogue/recipe.js';
import { refusedOffers } from '../catalogue/refused-offers.js';
import type { DishMenu, OfferedDish, Scene } from './scene.js';

const NUMBERS_A_PLACE = MEALS.length * 2;

/** The number of an offer at a meal (places in `Catalogue.offers` and `MEALS`). */
export function dishNumber(place: number, meal: number, isComposed: boolean): number {
  return (place * MEALS.length + meal) * 2 + (isComposed ? 1 : 0);
}

/** The place in `Catalogue.offers` of a dish's number. */
export function placeOfNumber(number: number): number {
  return Math.floor(number / NUMBERS_A_PLACE);
}

/** Whether a dish's number says that it belongs to the composed meal. */
export function isOfComposed(number: number): boolean {
  return number % 2 === 1;
}

/** A cache: a catalogue has one menu. */
const made = new WeakMap<Catalogue, DishMenu>();

/** The menu of a catalogue, made when first asked for. */
export function dishMenu(catalogue: Catalogue): DishMenu {
  let menu = made.get(catalogue);
  if (menu === undefined) made.set(catalogue, (menu = menuOf(catalogue)));
  return menu;
}

function menuOf(catalogue: Catalogue): DishMenu {
  const { offers, dishes } = catalogue;
  const all = offers.flatMap((offer, place) => {
    const dish = dishes[offer.dish];
    if (dish === undefined) throw new TypeError(`offer ${place} of the catalogue is of a dish that it does not hold`);
    return MEALS.flatMap((meal) =>
      [false, true].map((isComposed): OfferedDish => ({ place, offer, dish, meal, isComposed, values: undefined })),
    );
  });
  return {
    dishes: all,
    leftOut: Uint16Array.from(offers, ({ leftOut, dish, changes }) => leftOut | kindsOf(dishes[dish], changes)),
    isUnread: (said) => refusedOffers(catalogue, said).isUnread,
  };
}

/** Bits beside those of `LEFT_OUT_EVERYWHERE`, which are below them: of a dish with a broth, of noodles, of a soup that is eaten in place of rice, of a dish with meat. */
export const [BROTH, NOODLES, BOWL_SOUP, MEAT] = [32, 64, 128, 256] as const;

function kindsOf(dish: Dish | undefined, changes: Offer['changes']): number {
  if (dish === undefined) return 0;
  const hasMeat = changedRecipe(dish.recipe, changes).some(({ ingredient: { group } }) => group === 'MEAT');
  return (
    (hasBroth(dish, changes) ? BROTH : 0) |
    (dish.category === 'NOODLE' ? NOODLES : 0) |
    (isBowlSoup(dish) ? BOWL_SOUP : 0) |
    (hasMeat ? MEAT : 0)
  );
}

/** Bits of `LEFT_OUT_EVERYWHERE` that some dish is offered without. */
export function leftOutOf(scene: Scene): number {
  return bitsOfDishes(scene) & (BROTH - 1);
}

/** The same, and the bits of what kinds of dishes there are. */
export function bitsOfDishes({ numbers, menu }: Scene): number {
  let bits = 0;
  if (menu === null) return bits;
  for (let at = 0; at < numbers.length; at += 1) bits |= menu.leftOut[placeOfNumber(numbers[at] as number)] ?? 0;
  return bits;
}

/** Dishes of the composed meals, which come first. */
export function setDishesOf({ numbers }: Scene): number {
  let count = 0;
  while (count < numbers.length && isOfComposed(numbers[count] as number)) count += 1;
  return count;
}
