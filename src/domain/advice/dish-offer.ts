import type { Catalogue } from './catalogue/catalogue.js';
import type { DailyChoice } from './daily-advice.js';
import { DietPicker, type PickSeed } from './diet-picker.js';
import type { DishCounts } from './menu-violations.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';

/** The dishes that a model may choose from for one user: safe ones, no dish at two meals. */
export interface DishOffer {
  /** Places in `Catalogue.offers` at breakfast, lunch and dinner. */
  readonly meals: DailyChoice['meals'];
  /** Dishes to be chosen for each meal: `DISHES_A_MEAL`, fewer where fewer are safe. */
  readonly dishes: DishCounts;
}

/** Dishes a meal that a model chooses. Source: IBSafe's own LLM mode (IBSAFE.md, 3). */
const DISHES_A_MEAL = 6;

/** Twice the plan of the rules: some 60 dishes in every category, a third of the catalogue and of the tokens. */
const PORTIONS = 1;

/** Draws offers from a catalogue. The same inputs, book and seed give the same offer. */
export class DishOffers {
  readonly #picker: DietPicker;

  constructor(catalogue: Catalogue) {
    this.#picker = new DietPicker(catalogue);
  }

  of(inputs: PatientInputs, book: FoodBook, seed: PickSeed): DishOffer {
    const { meals } = this.#picker.pick(inputs, book, seed, PORTIONS);
    const count = (meal: number): number => Math.min(DISHES_A_MEAL, meals[meal]?.length ?? 0);
    return { meals, dishes: [count(0), count(1), count(2)] };
  }
}
