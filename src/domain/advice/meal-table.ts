import type { Catalogue } from './catalogue/catalogue.js';
import type { FoodCategory } from './catalogue/dish.js';
import { isBowlSoup, isProteinDish, isStaple, isVegetableDish } from './catalogue/dish-kinds.js';
import { FODMAP_KINDS } from './catalogue/ingredient.js';
import { mainsOf } from './main-foods.js';

/** Bits of what a dish brings to a meal. */
export const STAPLE = 1;
export const PROTEIN = 2;
export const VEGETABLE = 4;
export const SOUP = 8;
/** Of a soup that is a bowl by itself. */
export const BOWL = 16;
const KINDS = FODMAP_KINDS.length;
/** Of what is low, over a meal: rounding of sums apart. */
const MAX_STACKED = 1 + 1e-9;

/** What is swapped for each other: staples, noodles, soups, the dishes beside them, and what is eaten besides. */
const [STAPLES, NOODLES, SOUPS, SIDE, BESIDES] = [0, 1, 2, 3, 4];

function swapKindOf(category: FoodCategory): number {
  if (category === 'NOODLE') return NOODLES;
  if (isStaple(category)) return STAPLES;
  if (category === 'SOUP_STEW') return SOUPS;
  return category === 'SIDE_DISH' || category === 'PROTEIN_MAIN' ? SIDE : BESIDES;
}

/** A table on which the dishes of a catalogue stack. Serves meal after meal. */
export class MealTable {
  /** By offer: what it is, and the loads of a serving. */
  readonly #is: Uint8Array;
  readonly #loadOf: Float64Array;
  /** By offer: see `swapKindOf`. */
  readonly #kind: Uint8Array;
  readonly #seatedIn: Uint32Array;
  readonly #stacked = new Float64Array(KINDS);
  /** By offer: see `mainsOf`; and those that are seated. */
  readonly #mains: Uint8Array;
  #seatedMains = 0;
  #doubled = 0;
  #meal = 0;

  constructor({ offers, dishes }: Catalogue) {
    this.#is = Uint8Array.from(offers, (offer) => {
      const category = dishes[offer.dish]?.category ?? 'SNACK';
      const kinds = [isStaple(category), isProteinDish(offer), isVegetableDish(offer), category === 'SOUP_STEW'];
      const bits = kinds.reduce((all, is, at) => (is ? all | (1 << at) : all), 0);
      const dish = dishes[offer.dish];
      return dish !== undefined && isBowlSoup(dish) ? SOUP | BOWL : bits;
    });
    this.#kind = Uint8Array.from(offers, ({ dish }, place) =>
      this.broughtBy(place) & BOWL ? NOODLES : swapKindOf(dishes[dish]?.category ?? 'SNACK'),
    );
    this.#loadOf = Float64Array.from(offers.flatMap(({ judged }) => judged.lowLoads));
    this.#seatedIn = new Uint32Array(offers.length);
    this.#mains = Uint8Array.from(offers, ({ judged }) => mainsOf(judged.recipe));
  }

  clear(): void {
    this.#meal = (this.#meal + 1) >>> 0;
    this.#stacked.fill(0);
    this.#seatedMains = 0;
    this.#doubled = 0;
  }

  /** How many of the dishes that are seated are of a meat, fish, egg or soy food of which another one was seated before. */
  get doubled(): number {
    return this.#doubled;
  }

  isSeated(place: number): boolean {
    return this.#seatedIn[place] === this.#meal;
  }

  /**
   * Seats the first dish that is all of some kinds and none of others, is not seated and fits beside those that are; -1 where none does. One of another meat, fish, egg or soy than those that are
   * seated goes first: beef soup beside beef is a poor meal.
   */
  seat(places: readonly number[], kinds: number, others = 0): number {
    const other = this.#seatedMains === 0 ? -1 : this.#seat(places, kinds, others, this.#seatedMains);
    return other >= 0 ? other : this.#seat(places, kinds, others, 0);
  }

  #seat(places: readonly number[], kinds: number, others: number, mains: number): number {
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      const is = this.#is[place] ?? 0;
      if ((is & kinds) !== kinds || (is & others) !== 0 || this.isSeated(place) || !this.#fits(place)) continue;
      if (((this.#mains[place] ?? 0) & mains) !== 0) continue;
      for (let each = 0; each < KINDS; each += 1)
        this.#stacked[each] = (this.#stacked[each] ?? 0) + (this.#loadOf[place * KINDS + each] ?? 0);
      this.#seatedIn[place] = this.#meal;
      const own = this.#mains[place] ?? 0;
      if ((this.#seatedMains & own) !== 0) this.#doubled += 1;
      this.#seatedMains |= own;
      return place;
    }
    return -1;
  }

  /** Whether a dish brings all of some kinds. */
  brings(place: number, kinds: number): boolean {
    return ((this.#is[place] ?? 0) & kinds) === kinds;
  }

  /** Bits of what a dish brings. */
  broughtBy(place: number): number {
    return this.#is[place] ?? 0;
  }

  /** Bits of all that some of these dishes bring. */
  kindsOf(places: readonly number[]): number {
    let bits = 0;
    for (let at = 0; at < places.length; at += 1) bits |= this.#is[places[at] as number] ?? 0;
    return bits;
  }

  /** Whether a dish can be eaten with those that are seated. */
  fitsBeside(place: number): boolean {
    return this.#fits(place);
  }

  /**
   * Whether the meal stays low when a dish is eaten in place of any one of its kind among those that are seated, the first `count` of `seated`, or beside them where none is of its kind. Noodles and
   * rice cake soup are a bowl in place of all of them, as the texts say: low by themselves, as every dish that is offered.
   */
  canStandIn(place: number, seated: readonly number[], count = seated.length): boolean {
    const kind = this.#kind[place];
    if (kind === NOODLES) return true;
    let isAlone = true;
    for (let at = 0; at < count; at += 1) {
      const other = seated[at] as number;
      if (this.#kind[other] !== kind && !(kind === STAPLES && this.#kind[other] === NOODLES)) continue;
      if (!this.#fits(place, other)) return false;
      isAlone = false;
    }
    return !isAlone || this.#fits(place);
  }

  /** Whether a dish fits beside those that are seated, one of them taken away; -1 takes none. */
  #fits(place: number, without = -1): boolean {
    for (let each = 0; each < KINDS; each += 1) {
      const freed = without < 0 ? 0 : (this.#loadOf[without * KINDS + each] ?? 0);
      if ((this.#stacked[each] ?? 0) - freed + (this.#loadOf[place * KINDS + each] ?? 0) > MAX_STACKED) return false;
    }
    return true;
  }
}

/** A cache: a catalogue has one table. */
const tables = new WeakMap<Catalogue, MealTable>();

/** The table of a catalogue, made when first asked for. Not reentrant: what is seated is that of the last meal. */
export function mealTable(catalogue: Catalogue): MealTable {
  let table = tables.get(catalogue);
  if (table === undefined) tables.set(catalogue, (table = new MealTable(catalogue)));
  return table;
}
