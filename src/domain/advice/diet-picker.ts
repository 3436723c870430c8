import type { Catalogue } from './catalogue.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { SeededRandom } from './seeded-random.js';

/** A day's dishes. */
export interface PickedDiet {
  /** Catalogue indexes of breakfast, lunch and dinner, in the order of the plan. */
  readonly meals: readonly (readonly number[])[];
  /** A bit for each place in `MEAL_PLAN` that got fewer dishes than it wants. */
  readonly shortSlots: number;
}

/**
 * Picks a day's dishes: LOW ones that suit the meal, free of the user's allergens, not eaten in the last three days and not twice in the day.
 * A category that runs dry leaves its meal with fewer dishes; nothing unsafe or repeated ever fills the gap.
 *
 * It keeps its working arrays from user to user, because allocating them anew was most of the cost. Not reentrant, and need not be: it never awaits.
 */
export class DietPicker {
  readonly #random = new SeededRandom();
  /** By food: the day in which the food was last taken or barred. Raising the day's number clears them all at once. */
  readonly #barredOn: Uint32Array;
  #day = 0;
  readonly #deck: Uint16Array;

  constructor(private readonly catalogue: Catalogue) {
    this.#barredOn = new Uint32Array(catalogue.foods.length);
    this.#deck = new Uint16Array(catalogue.foods.length);
  }

  /** The same inputs, book and seed give the same dishes, whoever came before. `portions` is how many times the plan's dishes are wanted. */
  pick(inputs: PatientInputs, book: FoodBook, seed: number, portions = 1): PickedDiet {
    this.#random.reseed(seed);
    this.#startDay();
    this.#bar(inputs.recent, book);
    this.#bar(inputs.today, book); // is part of `recent`; a reader that left it out must not serve dinner again for breakfast
    const candidates = this.catalogue.candidates(inputs.allergens);
    const meals: number[][] = [];
    let shortSlots = 0;
    for (const slots of SLOTS_OF_MEAL) {
      const meal: number[] = [];
      for (const slot of slots)
        if (!this.#fill(candidates[slot] ?? EMPTY, meal, portions * (MEAL_PLAN[slot]?.count ?? 0))) shortSlots |= 1 << slot;
      meals.push(meal);
    }
    return { meals, shortSlots };
  }

  #startDay(): void {
    if (this.#day === 0xffff_ffff) {
      this.#barredOn.fill(0);
      this.#day = 0;
    }
    this.#day += 1;
  }

  #bar(eaten: readonly number[], book: FoodBook): void {
    for (const id of eaten) {
      const index = book.get(id)?.catalogueIndex ?? -1;
      if (index >= 0) this.#barredOn[index] = this.#day;
    }
  }

  /** Deals from a shuffled deck of the candidates (Fisher–Yates, only as far as needed) until the slot is full; false when the deck ends first. */
  #fill(candidates: Uint16Array, meal: number[], count: number): boolean {
    const deck = this.#deck;
    const size = candidates.length;
    for (let at = 0; at < size; at++) deck[at] = candidates[at] ?? 0;
    let wanted = count;
    for (let dealt = 0; dealt < size && wanted > 0; dealt++) {
      const at = dealt + this.#random.below(size - dealt);
      const food = deck[at] ?? 0;
      deck[at] = deck[dealt] ?? 0;
      if (this.#barredOn[food] === this.#day) continue;
      this.#barredOn[food] = this.#day;
      meal.push(food);
      wanted -= 1;
    }
    return wanted === 0;
  }
}

const EMPTY = new Uint16Array(0);
