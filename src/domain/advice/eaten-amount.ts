import { MEALS } from './catalogue/dish.js';
import type { FoodGroup } from './catalogue/ingredient.js';
import type { FoodFacts, PatientInputs } from './patient-inputs.js';

/** How much of a food was eaten on the record date. */
export interface EatenAmount {
  /** Grams over all its records; `facts.servingGrams` for each record without a sensible amount. */
  readonly grams: number;
  /** Grams at the meal with the most of it: FODMAPs of one sitting add up, those of breakfast and dinner do not. Records of no known meal are taken for one meal. */
  readonly mealGrams: number;
  /** Whether every record had a sensible amount: where one had none, no text may say how much was eaten. */
  readonly isMeasured: boolean;
  /** Whether the meal of every record is known. */
  readonly isOfMeals: boolean;
}

/** More than a day's plate of one food: an amount above it, in grams, is a typing error, and counts as one serving. */
const MAX_GRAMS = 3_000;
/** Grams of a serving where nothing is known of the food: only what is summed hangs on it. */
const SOME_SERVING = 100;
/** More servings of a dish than a person eats in one record: such an amount is a typing error as well. 210 g of grilled laver are 70 sheets. */
const MAX_SERVINGS = 8;
/** The least share of a serving that is a record of grams: `1` for a bowl of ramyeon counts bowls, and 0.3 of rice kilograms. As grams it would make every dish low. */
const MIN_SERVINGS = 1 / 20;
/** Foods of which a portion is eaten: of these `1` counts pieces or glasses as well. Of garlic, oil, nuts and laver a gram is one. */
const IN_PORTIONS: ReadonlySet<FoodGroup> = new Set<FoodGroup>([
  'GRAIN',
  'STARCHY',
  'FRUIT',
  'DAIRY',
  'LEGUME',
  'SOYFOOD',
  'MEAT',
  'FISH',
  'EGG',
  'DRINK',
]);
/** The place of records of no known meal behind those of the meals. */
const NO_MEAL = MEALS.length;

/** The amounts of one food, record by record. */
export class AmountSum implements EatenAmount {
  grams = 0;
  isMeasured = true;
  isOfMeals = true;
  readonly #meals = [0, 0, 0, 0];

  constructor(private readonly facts: FoodFacts | undefined) {}

  get mealGrams(): number {
    const [breakfast = 0, lunch = 0, dinner = 0, other = 0] = this.#meals;
    return Math.max(breakfast, lunch, dinner, other);
  }

  /** Takes the record at a place of `today`. */
  add({ amounts, mealsEaten }: PatientInputs, at: number): void {
    const amount = amounts?.[at];
    const isSensible = amount !== undefined && amount > 0 && amount >= this.#least() && amount <= this.#most();
    const grams = isSensible ? amount : (this.facts?.servingGrams ?? SOME_SERVING);
    const meal = mealsEaten?.[at] ?? -1;
    this.grams += grams;
    const place = meal < 0 ? NO_MEAL : meal;
    this.#meals[place] = (this.#meals[place] ?? 0) + grams;
    if (!isSensible) this.isMeasured = false;
    if (meal < 0) this.isOfMeals = false;
  }

  #least(): number {
    const { facts } = this;
    const [part, ...more] = facts?.loads?.recipe ?? [];
    const isPortion =
      facts !== undefined &&
      (facts.dish >= 0 || facts.isAlcohol || (part !== undefined && more.length === 0 && IN_PORTIONS.has(part.ingredient.group)));
    return isPortion ? facts.servingGrams * MIN_SERVINGS : 0;
  }

  #most(): number {
    const { facts } = this;
    return facts === undefined || facts.dish < 0 ? MAX_GRAMS : Math.min(MAX_GRAMS, facts.servingGrams * MAX_SERVINGS);
  }
}
