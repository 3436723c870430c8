import { assertNever } from '../assert-never.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { judgeRecipe, type JudgedRecipe } from './catalogue/judged-recipe.js';
import { statedClassOf } from './ibsafe-food-words.js';
import { matchFood } from './match-food.js';
import { FoodTable } from './food-table.js';
import type { FoodBook, FoodFacts } from './patient-inputs.js';
import { quotableName } from './quotable-name.js';

/** A row of `ibsafe_food`, as far as advice needs it. */
export interface IbsafeFoodRow {
  readonly id: number;
  readonly foodCode: string;
  readonly foodName: string;
  /** The texts of `fodmap` and `fodmap_basis`; see `statedClassOf`. */
  readonly fodmap: string | null;
  readonly fodmapBasis: string | null;
  /** g per 100 g. */
  readonly fibreGrams: number | null;
}

/** What the catalogue knows of a food. */
interface Known {
  /** Place in `Catalogue.dishes`, -1 for an ingredient eaten as it is. */
  readonly dish: number;
  readonly servingGrams: number;
  readonly judged: JudgedRecipe;
}

/**
 * What the advice needs to know of a row: once per food, so that a user costs a look-up. Of a food that `matchFood` does not know nothing is claimed but what IBSafe states. IBSafe's own fibre
 * comes before what is computed.
 */
export function toFoodFacts(row: IbsafeFoodRow, catalogue: Catalogue): FoodFacts {
  const known = knownOf(row, catalogue);
  const judged = known?.judged ?? null;
  return {
    name: row.foodName,
    quotable: quotableName(row.foodName),
    stated: statedClassOf(row.fodmap, row.fodmapBasis),
    servingGrams: known?.servingGrams ?? PER,
    loads: judged,
    restrictions: judged?.knownRestrictions ?? 0,
    fibreGrams: sensible(row.fibreGrams) ?? per100(judged, judged?.fibreGrams),
    solubleGrams: per100(judged, judged?.solubleGrams),
    isHot: judged?.hot ?? false,
    dish: known?.dish ?? -1,
    category: catalogue.dishes[known?.dish ?? -1]?.category,
  };
}

/** Grams that figures of a food are given for. */
const PER = 100;

function knownOf(row: IbsafeFoodRow, catalogue: Catalogue): Known | undefined {
  const matched = matchFood(row, catalogue);
  switch (matched.is) {
    case 'DISH': {
      const usual = catalogue.dishes[matched.dish]?.usual;
      return usual && { dish: matched.dish, servingGrams: usual.grams, judged: usual };
    }
    case 'INGREDIENT':
      return { dish: -1, servingGrams: PER, judged: judgeRecipe([{ ingredient: matched.ingredient, grams: PER }]) };
    case 'UNKNOWN':
      return undefined;
    default:
      return assertNever(matched);
  }
}

/** A figure that 100 g of a food can hold; null for any other. */
function sensible(grams: number | null): number | null {
  return grams !== null && grams >= 0 && grams <= PER ? grams : null;
}

function per100(judged: JudgedRecipe | null, grams: number | null | undefined): number | null {
  return judged === null || grams === null || grams === undefined ? null : (grams * PER) / judged.grams;
}

/** A food book of IBSafe's foods. */
export function foodBookOf(rows: Iterable<IbsafeFoodRow>, catalogue: Catalogue): FoodBook {
  return new FoodTable(Array.from(rows, (row) => [row.id, toFoodFacts(row, catalogue)] as const));
}
