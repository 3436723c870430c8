import type { Catalogue } from './catalogue/catalogue.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue/dish.js';
import { isProteinDish, isStaple, isVegetableDish } from './catalogue/dish-kinds.js';
import { MEAL_PLAN } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';

/**
 * A catalogue laid out for the safety check, which reads thirty dishes of every user: figures by offer instead of objects to search. Made from the dishes and offers alone, not from what
 * the rules pick with. Keeps its marks from user to user; not reentrant, and need not be, for it never awaits.
 */
export class CheckedFoods {
  readonly size: number;
  /** 1 for an offer that is low as offered. */
  readonly low: Uint8Array;
  /** A bit for each of `MEALS` that the offer's dish is offered at. */
  readonly meals: Uint8Array;
  /** Index in `FOOD_CATEGORIES`. */
  readonly category: Uint8Array;
  readonly dish: Uint16Array;
  readonly protein: Uint8Array;
  readonly vegetable: Uint8Array;
  /** 1 for an offer that is no staple. */
  readonly besideStaples: Uint8Array;
  readonly #eatenOn: Float64Array;
  readonly #offeredOn: Float64Array;
  #user = 0;

  constructor({ dishes, offers }: Catalogue) {
    this.size = offers.length;
    this.low = Uint8Array.from(offers, ({ judged }) => (judged.fodmap === 'LOW' ? 1 : 0));
    this.meals = Uint8Array.from(offers, ({ dish }) =>
      (dishes[dish]?.meals ?? []).reduce((bits, meal) => bits | (1 << MEALS.indexOf(meal)), 0),
    );
    this.category = Uint8Array.from(offers, ({ dish }) => FOOD_CATEGORIES.indexOf(dishes[dish]?.category ?? 'SNACK'));
    this.dish = Uint16Array.from(offers, ({ dish }) => dish);
    this.protein = Uint8Array.from(offers, (offer) => (isProteinDish(offer) ? 1 : 0));
    this.vegetable = Uint8Array.from(offers, (offer) => (isVegetableDish(offer) ? 1 : 0));
    this.besideStaples = Uint8Array.from(offers, ({ dish }) => (isStaple(dishes[dish]?.category ?? 'SNACK') ? 0 : 1));
    this.#eatenOn = new Float64Array(dishes.length);
    this.#offeredOn = new Float64Array(dishes.length);
  }

  /** Forgets the last user, and remembers what this one ate in three days, the record date included. */
  begin({ today, recent }: PatientInputs, book: FoodBook): void {
    this.#user += 1;
    this.#remember(today, book);
    this.#remember(recent, book);
  }

  #remember(eaten: readonly number[], book: FoodBook): void {
    for (let at = 0; at < eaten.length; at++) {
      const dish = book.get(eaten[at] as number)?.dish ?? -1;
      if (dish >= 0) this.#eatenOn[dish] = this.#user;
    }
  }

  /** Whether the dish of an offer was eaten. */
  wasEaten(offer: number): boolean {
    return this.#eatenOn[this.dish[offer] ?? 0] === this.#user;
  }

  /** Whether the dish of an offer is among those that are offered. */
  isOffered(offer: number): boolean {
    return this.#offeredOn[this.dish[offer] ?? 0] === this.#user;
  }

  /** Forgets that the dish of an offer is offered. */
  withdraw(offer: number): void {
    this.#offeredOn[this.dish[offer] ?? 0] = 0;
  }

  /** Remembers that the dish of an offer is offered. @returns false when it was before */
  offer(offer: number): boolean {
    const dish = this.dish[offer] ?? 0;
    if (this.#offeredOn[dish] === this.#user) return false;
    this.#offeredOn[dish] = this.#user;
    return true;
  }
}

/** A cache: a catalogue judges a food in one way. */
const known = new WeakMap<Catalogue, CheckedFoods>();

/** The layout of a catalogue, made when first asked for. */
export function checkedFoods(catalogue: Catalogue): CheckedFoods {
  let checked = known.get(catalogue);
  if (checked === undefined) known.set(catalogue, (checked = new CheckedFoods(catalogue)));
  return checked;
}

/** Dishes of each category (by index in `FOOD_CATEGORIES`) that the plan wants at each of `MEALS`. */
export const PLANNED: readonly Uint8Array[] = MEALS.map((meal) => {
  const counts = new Uint8Array(FOOD_CATEGORIES.length);
  for (const slot of MEAL_PLAN) if (slot.meal === meal) counts[FOOD_CATEGORIES.indexOf(slot.category)] = slot.count;
  return counts;
});
