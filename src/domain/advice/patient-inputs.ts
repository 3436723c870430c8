import type { UserId } from '../ids.js';
import type { LocalDate } from '../local-date.js';

/**
 * What a food can carry that an allergic patient must not eat, in the order of IBSafe's flags. MILK is milk protein (`has_lactose_allergy`): lactose-free products hold it.
 * NUT covers peanut, tree nuts, pine nut and sesame; SEAFOOD fish, crustaceans, molluscs, and the sauces and stocks made of them.
 */
export const ALLERGENS = ['GLUTEN', 'MILK', 'NUT', 'SEAFOOD', 'EGG', 'SOY'] as const;
export type Allergen = (typeof ALLERGENS)[number];

/** The bit of an allergen in a mask: 1, 2, 4 … in the order of `ALLERGENS`. */
export function allergenBit(allergen: Allergen): number {
  return 1 << ALLERGENS.indexOf(allergen);
}

/** The bit of an intolerance to lactose. It bars lactose, not milk protein: an allergy to milk has a bit of its own. */
export const LACTOSE_INTOLERANCE_BIT = 1 << ALLERGENS.length;

/** All bits that a mask of restrictions can have. */
export const ALL_RESTRICTIONS = (LACTOSE_INTOLERANCE_BIT << 1) - 1;

/** What one user's advice is made from: everything that the program reads, and nothing more. What it does not read is empty. */
export interface PatientInputs {
  readonly userId: UserId;
  readonly recordDate: LocalDate;
  /** Bits of `allergenBit` for every allergy, and `LACTOSE_INTOLERANCE_BIT`: each flag of the profile sets its own bit and no other. */
  readonly allergens: number;
  /** Ids (of `ibsafe_food`) of what was eaten on the record date. */
  readonly today: readonly number[];
  /** Ids of what was eaten on the record date and the two days before it. */
  readonly recent: readonly number[];
  /** Steps a day over the last 7 days, oldest first; days without a record are left out. */
  readonly steps: readonly number[];
  /** Minutes slept a night over the last 7 days, oldest first; days without a record are left out. Absent unless the program reads sleep. */
  readonly sleep?: readonly number[];
}

export type FodmapClass = 'LOW' | 'MODERATE' | 'HIGH' | 'UNKNOWN';
export type FibreType = 'SOLUBLE' | 'INSOLUBLE' | 'BOTH' | 'NONE';

/** What the advice needs to know of a food that a user can have recorded. */
export interface FoodFacts {
  readonly name: string;
  /** The name as a text may repeat it (`quotableName`); empty where it may not be repeated at all. */
  readonly quotable: string;
  readonly fodmap: FodmapClass;
  readonly fibre: FibreType;
  /** Dietary fibre in g per 100 g; null where IBSafe does not know it. */
  readonly fibreGrams: number | null;
  /** Its index in the catalogue, or -1 for a food that is not offered as advice. */
  readonly catalogueIndex: number;
}

/** Foods by IBSafe's id. An id that is not in it is a food IBSafe no longer knows. */
export type FoodBook = ReadonlyMap<number, FoodFacts>;
