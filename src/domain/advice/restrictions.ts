/**
 * What a food can carry that an allergic patient must not eat, in the order of IBSafe's flags. MILK is milk protein (`has_lactose_allergy`): lactose-free products hold it.
 * NUT covers peanut, tree nuts, pine nut, sesame and perilla seed; SEAFOOD fish, crustaceans, molluscs, and the sauces and stocks made of them.
 */
export const ALLERGENS = ['GLUTEN', 'MILK', 'NUT', 'SEAFOOD', 'EGG', 'SOY'] as const;
export type Allergen = (typeof ALLERGENS)[number];

/** The bit of an allergen in a mask: 1, 2, 4 … in the order of `ALLERGENS`. */
export function allergenBit(allergen: Allergen): number {
  return 1 << ALLERGENS.indexOf(allergen);
}

/** The bit of an intolerance to lactose. It bars lactose, not milk protein: an allergy to milk has a bit of its own. */
export const LACTOSE_INTOLERANCE_BIT = 1 << ALLERGENS.length;

/** The bits of all allergens. */
export const ALLERGEN_BITS = LACTOSE_INTOLERANCE_BIT - 1;

/** All bits that a mask of restrictions can have. */
export const ALL_RESTRICTIONS = (LACTOSE_INTOLERANCE_BIT << 1) - 1;
