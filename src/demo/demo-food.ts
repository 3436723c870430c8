import type { FodmapClass } from '../domain/advice/catalogue/fodmap-class.js';
import type { Allergen } from '../domain/advice/restrictions.js';

/** What most of a food's fibre is, in IBSafe's table. The service does not read it. */
export type FibreType = 'SOLUBLE' | 'INSOLUBLE' | 'BOTH' | 'NONE';

/** A food of the catalogue, as the demo stores it in `ibsafe_food` and lets its patients eat it. */
export interface DemoFood {
  /** Unique, at most 20 characters. */
  readonly code: string;
  /** At most 100 characters. */
  readonly nameKo: string;
  readonly category: string;
  /** UNKNOWN is left blank, as IBSafe leaves it for most. */
  readonly fodmap: FodmapClass;
  readonly fibreType: FibreType;
  /** Dietary fibre in g per 100 g. */
  readonly fibreGrams: number | null;
  /** Energy in kcal per 100 g. */
  readonly energyKcal: number | null;
  /** Meals it is eaten at, of BREAKFAST, LUNCH and DINNER; none means any. */
  readonly meals: readonly string[];
  readonly allergens: readonly Allergen[];
  /** Why it has its FODMAP class; null where it has none. */
  readonly fodmapBasis: string | null;
}

/** IBSafe's words for a meal (`ibsafe_userfoodrecord.meal_type`), in the order of the day. */
export const MEALS = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof MEALS)[number];
