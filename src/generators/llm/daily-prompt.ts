import { createHash } from 'node:crypto';
import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { DishOffers, type DishOffer } from '../../domain/advice/dish-offer.js';
import { ALLERGENS, allergenBit, allergensToAvoid, type FoodBook, type PatientInputs } from '../../domain/advice/patient-inputs.js';
import { stepGoalBounds } from '../../domain/advice/step-goal-violation.js';
import { fill, type Prompt } from './prompt-file.js';

/** What a model is told about one user, and what is kept of it. */
export interface DailyPrompt {
  readonly system: string;
  readonly user: string;
  readonly offer: DishOffer;
  /** SHA-256 of everything the advice depends on but for the model. */
  readonly inputsHash: string;
  /** 31 bits of that hash: not of the user's id, which could be found again from it. */
  readonly seed: number;
}

/** Most foods of the record date that a prompt tells of: more than anyone eats, and a bound on the prompt. */
const MOST_EATEN = 30;

/** Makes prompts from a user's inputs: allergens, what was eaten as far as the catalogue knows it, steps. No id, no date, no text that a person typed. */
export class DailyPrompts {
  readonly #offers: DishOffers;
  readonly #fixed: string;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly prompt: Prompt,
  ) {
    this.#offers = new DishOffers(catalogue);
    const { version, language, sections } = prompt;
    this.#fixed = sha256(JSON.stringify([version, language, sections, catalogue.foods]));
  }

  /** The same inputs and book give the same prompt. */
  of(inputs: PatientInputs, book: FoodBook): DailyPrompt {
    const { allergens, steps, recent } = inputs;
    const barred = [...new Set(recent.concat(inputs.today).map((id) => book.get(id)?.catalogueIndex ?? -1))].toSorted((a, b) => a - b);
    const avoid = ALLERGENS.filter((allergen) => (allergensToAvoid(allergens) & allergenBit(allergen)) !== 0);
    const eaten = this.#eaten(inputs, book);
    const inputsHash = sha256(JSON.stringify([this.#fixed, avoid, steps, eaten, barred]));
    const seed = Number.parseInt(inputsHash.slice(0, 8), 16) >>> 1;
    const offer = this.#offers.of(inputs, book, seed);
    const { least, most } = stepGoalBounds(steps);
    const [breakfast, lunch, dinner] = offer.meals.map((foods) => foods.map((index) => this.#dish(index)));
    const values = { breakfast, lunch, dinner, dishes: offer.dishes, avoid, eaten, steps, goal: { least, most } };
    const { system, user } = this.prompt.sections;
    return { system, user: fill(user, values), offer, inputsHash, seed };
  }

  /** What is said to a model whose answer broke these rules. */
  repair(violations: readonly string[]): string {
    return fill(this.prompt.sections.repair, { violations });
  }

  #dish(index: number): object {
    return { id: this.catalogue.foods[index]?.code, name: this.#nameOf(index) };
  }

  /** The catalogue's own name; null for a food that is not in it. */
  #nameOf(index: number): string | null {
    const food = this.catalogue.foods[index];
    return (this.prompt.language === 'ko' ? food?.nameKo : food?.nameEn) ?? null;
  }

  /** Foods of the record date, each once. What IBSafe calls them is typed by people and stays here: only names of the catalogue leave. */
  #eaten({ today }: PatientInputs, book: FoodBook): readonly object[] {
    return [...new Set(today)].slice(0, MOST_EATEN).map((id) => {
      const food = book.get(id);
      return { name: this.#nameOf(food?.catalogueIndex ?? -1), fodmap: food?.fodmap ?? 'UNKNOWN', fibre: food?.fibre ?? 'NONE' };
    });
  }
}

/** Hexadecimal SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
