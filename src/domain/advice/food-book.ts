import type { Catalogue } from './catalogue.js';
import { fibreTypeOf, fodmapClassOf } from './ibsafe-food-words.js';
import type { FibreType, FodmapClass, FoodBook, FoodFacts } from './patient-inputs.js';
import { quotableName } from './quotable-name.js';

/** A row of `ibsafe_food`, as far as advice needs it. */
export interface IbsafeFoodRow {
  readonly id: number;
  readonly foodCode: string;
  readonly foodName: string;
  /** The text of `fodmap`; see `fodmapClassOf`. */
  readonly fodmap: string | null;
  /** The text of `dietary_fiber_type`; see `fibreTypeOf`. */
  readonly fibreType: string | null;
  /** g per 100 g. */
  readonly fibreGrams: number | null;
}

/**
 * What the advice needs to know of a row. IBSafe's own class and fibre come first; where IBSafe says nothing and the food is in the catalogue
 * (by code, else by name), the catalogue's are taken: a dish that was offered yesterday must not be unknown today.
 */
export function toFoodFacts(row: IbsafeFoodRow, catalogue: Catalogue): FoodFacts {
  const catalogueIndex = catalogue.indexOf(row.foodCode, row.foodName);
  const known = catalogue.foods[catalogueIndex];
  const fodmap: FodmapClass = fodmapClassOf(row.fodmap);
  const fibre: FibreType = fibreTypeOf(row.fibreType);
  return {
    name: row.foodName,
    quotable: quotableName(row.foodName),
    fodmap: fodmap === 'UNKNOWN' ? (known?.fodmap ?? 'UNKNOWN') : fodmap,
    fibre: fibre === 'NONE' ? (known?.fibreType ?? 'NONE') : fibre,
    fibreGrams: row.fibreGrams ?? known?.fibreGrams ?? null,
    catalogueIndex,
  };
}

/** A food book of IBSafe's foods. */
export function foodBookOf(rows: Iterable<IbsafeFoodRow>, catalogue: Catalogue): FoodBook {
  const book = new Map<number, FoodFacts>();
  for (const row of rows) book.set(row.id, toFoodFacts(row, catalogue));
  return book;
}
