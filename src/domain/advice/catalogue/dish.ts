import type { JudgedRecipe } from './judged-recipe.js';
import type { Recipe, RecipeChange } from './recipe.js';

/** The meals of a day, in its order. */
export const MEALS = ['BREAKFAST', 'LUNCH', 'DINNER'] as const;
export type Meal = (typeof MEALS)[number];

/** What kind of dish a food is. The daily plan draws on all of them. */
export const FOOD_CATEGORIES = ['RICE', 'PORRIDGE', 'NOODLE', 'SOUP_STEW', 'SIDE_DISH', 'PROTEIN_MAIN', 'FRUIT', 'DRINK', 'SNACK'] as const;
export type FoodCategory = (typeof FOOD_CATEGORIES)[number];

/** A dish as it is written down: its usual recipe, and the ways in which it is offered. */
export interface WrittenDish {
  /** Unique, at most 20 characters. */
  readonly code: string;
  /** The dish as a Korean calls it; unique, at most 100 characters. */
  readonly nameKo: string;
  /** Unique. */
  readonly nameEn: string;
  readonly category: FoodCategory;
  /** Meals it is offered at, at least one. */
  readonly meals: readonly Meal[];
  /** Grams of one serving as eaten. */
  readonly servingGrams: number;
  /** One serving in household words. */
  readonly servingKo: string;
  readonly servingEn: string;
  /** One serving as it is usually cooked. */
  readonly recipe: Recipe;
  /** The changes of each way in which it is offered, the preferred first; an empty list of changes offers it as it is. */
  readonly variants: readonly (readonly RecipeChange[])[];
  readonly recipeSource: string;
  /** The row's signature, name and day; empty while it is not signed. */
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** A dish and what is computed of it. */
export interface Dish extends WrittenDish {
  /** As usually cooked: what a patient who ate it is told. */
  readonly usual: JudgedRecipe;
  /** Places in `Catalogue.offers`, the preferred first; none for a dish that is only ever eaten. */
  readonly offers: readonly number[];
}

/** A dish as it may be offered: with the changes that make it low, or as it is. */
export interface Offer {
  /** Place in `Catalogue.dishes`. */
  readonly dish: number;
  readonly changes: readonly RecipeChange[];
  /** As offered. */
  readonly judged: JudgedRecipe;
  /** Name, serving and the changes that are its own, as a patient reads them. */
  readonly labelKo: string;
  readonly labelEn: string;
  /** A bit for each of `LEFT_OUT_EVERYWHERE` that is left out: told once for all dishes of a day. */
  readonly leftOut: number;
}
