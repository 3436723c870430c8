import type { Catalogue } from '../catalogue/catalogue.js';
import { MEALS } from '../catalogue/dish.js';
import type { DishMenu, OfferedDish } from './scene.js';

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

const made = new WeakMap<Catalogue, DishMenu>();

/** The menu of a catalogue, made when first asked for. */
export function dishMenu(catalogue: Catalogue): DishMenu {
  let menu = made.get(catalogue);
  if (menu === undefined) made.set(catalogue, (menu = menuOf(catalogue)));
  return menu;
}

function menuOf({ offers, dishes }: Catalogue): DishMenu {
  const all = offers.flatMap((offer, place) => {
    const dish = dishes[offer.dish];
    if (dish === undefined) throw new TypeError(`offer ${place} of the catalogue is of a dish that it does not hold`);
    return MEALS.flatMap((meal) =>
      [false, true].map((isComposed): OfferedDish => ({ place, offer, dish, meal, isComposed, values: undefined })),
    );
  });
  return { dishes: all, leftOut: Uint8Array.from(offers, ({ leftOut }) => leftOut) };
}
