import type { Catalogue } from './catalogue.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue-food.js';
import { MEAL_PLAN } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';

/**
 * A catalogue laid out for the safety check, which reads thirty foods of every user: figures by food index instead of objects to search. Made from
 * the foods alone, not from what the rules pick with. Keeps its marks from user to user; not reentrant, and need not be, for it never awaits.
 */
export class CheckedFoods {
  readonly size: number;
  /** 1 for a LOW food. */
  readonly low: Uint8Array;
  /** A bit for each of `MEALS` that the food is offered at. */
  readonly meals: Uint8Array;
  /** Index in `FOOD_CATEGORIES`. */
  readonly category: Uint8Array;
  readonly #eatenOn: Float64Array;
  readonly #offeredOn: Float64Array;
  #user = 0;

  constructor({ foods }: Catalogue) {
    this.size = foods.length;
    this.low = Uint8Array.from(foods, ({ fodmap }) => (fodmap === 'LOW' ? 1 : 0));
    this.meals = Uint8Array.from(foods, (food) => food.meals.reduce((bits, meal) => bits | (1 << MEALS.indexOf(meal)), 0));
    this.category = Uint8Array.from(foods, ({ category }) => FOOD_CATEGORIES.indexOf(category));
    this.#eatenOn = new Float64Array(foods.length);
    this.#offeredOn = new Float64Array(foods.length);
  }

  /** Forgets the last user, and remembers what this one ate in three days, the record date included. */
  begin({ today, recent }: PatientInputs, book: FoodBook): void {
    this.#user += 1;
    this.#remember(today, book);
    this.#remember(recent, book);
  }

  #remember(eaten: readonly number[], book: FoodBook): void {
    for (let at = 0; at < eaten.length; at++) {
      const index = book.get(eaten[at] as number)?.catalogueIndex ?? -1;
      if (index >= 0) this.#eatenOn[index] = this.#user;
    }
  }

  wasEaten(food: number): boolean {
    return this.#eatenOn[food] === this.#user;
  }

  /** Remembers that a food is offered. @returns false when it was before */
  offer(food: number): boolean {
    if (this.#offeredOn[food] === this.#user) return false;
    this.#offeredOn[food] = this.#user;
    return true;
  }
}

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
