import type { Catalogue } from './catalogue/catalogue.js';
import { isProteinDish, isStaple, isVegetableDish } from './catalogue/dish-kinds.js';
import { FODMAP_KINDS } from './catalogue/ingredient.js';

/** A meal in the order in which it is shown. */
export interface ComposedMeal {
  /** Places in `Catalogue.offers`. */
  readonly offers: readonly number[];
  /** How many of them, from the first, are one meal that can be eaten together. */
  readonly composed: number;
}

/**
 * Puts the dishes of a meal in order: first one meal that can be eaten together (a staple, a soup, a protein and a vegetable dish, as far as they are there), then the
 * alternatives. Together means that no FODMAP kind stacks above what is low: what does not fit beside the dishes before it is left for the alternatives.
 */
export function composedMeal(all: readonly number[], catalogue: Catalogue): ComposedMeal {
  const table = tableOf(catalogue);
  table.clear();
  const staple = table.seat(all, STAPLE);
  // Dishes of their own: a second soup, or a porridge beside rice, is no meal.
  const protein = table.seat(all, PROTEIN, STAPLE | SOUP);
  const vegetable = table.seat(all, VEGETABLE, STAPLE | SOUP);
  const soup = seatSoup(table, all, (protein < 0 ? PROTEIN : 0) | (vegetable < 0 ? VEGETABLE : 0));
  const offers: number[] = [];
  if (staple >= 0) offers.push(staple);
  if (soup >= 0) offers.push(soup);
  if (protein >= 0) offers.push(protein);
  if (vegetable >= 0) offers.push(vegetable);
  const composed = offers.length;
  for (let at = 0; at < all.length; at += 1) if (!table.isSeated(all[at] as number)) offers.push(all[at] as number);
  return { offers, composed };
}

/** A soup, one that brings what the meal lacks where there is one. */
function seatSoup(table: Table, all: readonly number[], lacking: number): number {
  for (const brings of [lacking, lacking & PROTEIN, lacking & VEGETABLE, 0]) {
    const soup = table.seat(all, SOUP | brings);
    if (soup >= 0) return soup;
  }
  return -1;
}

const [STAPLE, PROTEIN, VEGETABLE, SOUP] = [1, 2, 4, 8];
const KINDS = FODMAP_KINDS.length;
/** Of what is low, over a meal: rounding of sums apart. */
const MOST_STACKED = 1 + 1e-9;

/** A table on which the dishes of a catalogue stack. Serves meal after meal. */
class Table {
  /** By offer: what it is, and the loads of a serving. */
  readonly #is: Uint8Array;
  readonly #loadOf: Float64Array;
  readonly #seatedIn: Uint32Array;
  readonly #stacked = new Float64Array(KINDS);
  #meal = 0;

  constructor({ offers, dishes }: Catalogue) {
    this.#is = Uint8Array.from(offers, (offer) => {
      const category = dishes[offer.dish]?.category ?? 'SNACK';
      const kinds = [isStaple(category), isProteinDish(offer), isVegetableDish(offer), category === 'SOUP_STEW'];
      return kinds.reduce((bits, is, at) => (is ? bits | (1 << at) : bits), 0);
    });
    this.#loadOf = Float64Array.from(offers.flatMap(({ judged }) => judged.lowLoads));
    this.#seatedIn = new Uint32Array(offers.length);
  }

  clear(): void {
    this.#meal = (this.#meal + 1) >>> 0;
    this.#stacked.fill(0);
  }

  isSeated(place: number): boolean {
    return this.#seatedIn[place] === this.#meal;
  }

  /** Seats the first dish that is all of some kinds and none of others, is not seated and fits beside those that are; -1 where none does. */
  seat(places: readonly number[], kinds: number, others = 0): number {
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      const is = this.#is[place] ?? 0;
      if ((is & kinds) !== kinds || (is & others) !== 0 || this.isSeated(place) || !this.#fits(place)) continue;
      for (let each = 0; each < KINDS; each += 1)
        this.#stacked[each] = (this.#stacked[each] ?? 0) + (this.#loadOf[place * KINDS + each] ?? 0);
      this.#seatedIn[place] = this.#meal;
      return place;
    }
    return -1;
  }

  #fits(place: number): boolean {
    for (let each = 0; each < KINDS; each += 1) {
      if ((this.#stacked[each] ?? 0) + (this.#loadOf[place * KINDS + each] ?? 0) > MOST_STACKED) return false;
    }
    return true;
  }
}

const tables = new WeakMap<Catalogue, Table>();

function tableOf(catalogue: Catalogue): Table {
  let table = tables.get(catalogue);
  if (table === undefined) tables.set(catalogue, (table = new Table(catalogue)));
  return table;
}
