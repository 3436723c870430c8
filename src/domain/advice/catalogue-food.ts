import type { Allergen, FibreType, FodmapClass } from './patient-inputs.js';

/** The meals of a day, in its order. */
export const MEALS = ['BREAKFAST', 'LUNCH', 'DINNER'] as const;
export type Meal = (typeof MEALS)[number];

/** What kind of dish a food is. The daily plan draws on the first six; the rest are what patients eat besides. */
export const FOOD_CATEGORIES = ['RICE', 'PORRIDGE', 'NOODLE', 'SOUP_STEW', 'SIDE_DISH', 'PROTEIN_MAIN', 'FRUIT', 'DRINK', 'SNACK'] as const;
export type FoodCategory = (typeof FOOD_CATEGORIES)[number];

/** A food of the catalogue: offered as advice when its class is LOW, otherwise known only so that a meal can be judged. */
export interface CatalogueFood {
  /** Unique, at most 20 characters. */
  readonly code: string;
  /** The dish as a Korean calls it; unique, at most 100 characters. */
  readonly nameKo: string;
  /** Unique. */
  readonly nameEn: string;
  readonly category: FoodCategory;
  /** For a dish cooked as `fodmapBasis` says, which for LOW dishes means without garlic and onion. */
  readonly fodmap: Exclude<FodmapClass, 'UNKNOWN'>;
  readonly fibreType: FibreType;
  /** Dietary fibre in g per 100 g of the dish as eaten; an estimate. */
  readonly fibreGrams: number;
  /** Energy in kcal per 100 g of the dish as eaten; an estimate. */
  readonly energyKcal: number;
  /** Meals it is offered at, at least one. */
  readonly meals: readonly Meal[];
  readonly allergens: readonly Allergen[];
  /** Why it has its FODMAP class, and on whose word. */
  readonly fodmapBasis: string;
}
