import type { Catalogue } from './catalogue/catalogue.js';
import type { Offer } from './catalogue/dish.js';
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
  const table = new Table(catalogue);
  const staple = table.seat(all, (offer) => isStaple(catalogue.dishes[offer.dish]?.category ?? 'SNACK'));
  const protein = table.seat(all, isProteinDish);
  const vegetable = table.seat(all, isVegetableDish);
  const soup = table.seat(all, (offer) => catalogue.dishes[offer.dish]?.category === 'SOUP_STEW');
  const first = [staple, soup, protein, vegetable].filter((place) => place >= 0);
  return { offers: [...first, ...all.filter((place) => !first.includes(place))], composed: first.length };
}

/** A table on which dishes stack. */
class Table {
  readonly #loads: number[] = FODMAP_KINDS.map(() => 0);
  readonly #seated: number[] = [];

  constructor(private readonly catalogue: Catalogue) {}

  /** Seats the first dish of the kind that is not seated and fits beside the others; -1 where none does. */
  seat(places: readonly number[], isKind: (offer: Offer) => boolean): number {
    for (const place of places) {
      const offer = this.catalogue.offers[place];
      if (offer === undefined || this.#seated.includes(place) || !isKind(offer) || !this.#fits(offer)) continue;
      offer.judged.lowLoads.forEach((load, kind) => (this.#loads[kind] = (this.#loads[kind] ?? 0) + load));
      this.#seated.push(place);
      return place;
    }
    return -1;
  }

  #fits({ judged }: Offer): boolean {
    return judged.lowLoads.every((load, kind) => load + (this.#loads[kind] ?? 0) <= MOST_STACKED);
  }
}

/** Of what is low, over a meal: rounding of sums apart. */
const MOST_STACKED = 1 + 1e-9;
