import { ALLERGENS, type Allergen } from '../domain/advice/restrictions.js';

/** IBSafe's flag of each allergy. Its flag of an allergy to lactose means milk protein: an intolerance to lactose has a flag of its own. */
const ALLERGY_COLUMNS: Readonly<Record<Allergen, string>> = {
  GLUTEN: 'has_gluten_allergy',
  MILK: 'has_lactose_allergy',
  NUT: 'has_nut_allergy',
  SEAFOOD: 'has_seafood_allergy',
  EGG: 'has_egg_allergy',
  SOY: 'has_soy_allergy',
};

/** The flags in the order of `ALLERGENS`. */
export const ALLERGY_COLUMN_LIST: readonly string[] = ALLERGENS.map((allergen) => ALLERGY_COLUMNS[allergen]);

/** The flag of an intolerance to lactose. */
export const INTOLERANCE_COLUMN = 'has_lactose_intolerance';
