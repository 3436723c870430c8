import type { Catalogue } from './catalogue/catalogue.js';
import { judgeRecipe, type JudgedRecipe } from './catalogue/judged-recipe.js';
import { fodmapClassOf } from './ibsafe-food-words.js';
import type { FoodBook, FoodFacts } from './patient-inputs.js';
import { quotableName } from './quotable-name.js';

/** A row of `ibsafe_food`, as far as advice needs it. */
export interface IbsafeFoodRow {
  readonly id: number;
  readonly foodCode: string;
  readonly foodName: string;
  /** The text of `fodmap`; see `fodmapClassOf`. */
  readonly fodmap: string | null;
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
 * What the advice needs to know of a row. A food is the dish of its code or its name, else the ingredient of its name (사과, 우유), else it is not known and nothing is claimed of it.
 * IBSafe's own class and fibre come before what is computed.
 */
export function toFoodFacts(row: IbsafeFoodRow, catalogue: Catalogue): FoodFacts {
  const known = knownOf(row, catalogue);
  const word = fodmapClassOf(row.fodmap);
  const stated = word === 'UNKNOWN' ? null : word;
  const judged = known?.judged ?? null;
  return {
    name: row.foodName,
    quotable: quotableName(row.foodName),
    stated,
    fodmap: stated ?? judged?.fodmap ?? 'UNKNOWN',
    servingGrams: known?.servingGrams ?? PER,
    loads: judged,
    mostKind: judged === null ? -1 : mostKindOf(judged),
    restrictions: judged?.knownRestrictions ?? 0,
    fibreGrams: row.fibreGrams ?? per100(judged, judged?.fibreGrams),
    solubleGrams: per100(judged, judged?.solubleGrams),
    isHot: judged?.hot ?? false,
    dish: known?.dish ?? -1,
    category: catalogue.dishes[known?.dish ?? -1]?.category,
  };
}

/** Grams that figures of a food are given for. */
const PER = 100;

function knownOf({ foodCode, foodName }: IbsafeFoodRow, catalogue: Catalogue): Known | undefined {
  const place = catalogue.indexOf(foodCode, foodName);
  const dish = catalogue.dishes[place];
  if (dish !== undefined) return { dish: place, servingGrams: dish.usual.grams, judged: dish.usual };
  const ingredient = catalogue.ingredientOfName(foodName);
  return ingredient && { dish: -1, servingGrams: PER, judged: judgeRecipe([{ ingredient, grams: PER }]) };
}

function per100(judged: JudgedRecipe | null, grams: number | null | undefined): number | null {
  return judged === null || grams === null || grams === undefined ? null : (grams * PER) / judged.grams;
}

/** The kind whose load is the highest. */
function mostKindOf({ lowLoads }: JudgedRecipe): number {
  const most = Math.max(...lowLoads);
  return most > 0 ? lowLoads.indexOf(most) : -1;
}

/** A food book of IBSafe's foods. */
export function foodBookOf(rows: Iterable<IbsafeFoodRow>, catalogue: Catalogue): FoodBook {
  const book = new Map<number, FoodFacts>();
  for (const row of rows) book.set(row.id, toFoodFacts(row, catalogue));
  return book;
}
