import { foodBookOf } from '../src/domain/advice/food-book.js';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { FoodBook } from '../src/domain/advice/patient-inputs.js';
import { INJECTIONS } from './injections.js';
import type { FoodRow, Foods } from './oracle/records.js';

/** Ids of foods begin here: dishes of the catalogue, its ingredients eaten as they are, foods that only IBSafe knows, and names that hold instructions. */
export const FIRST_ID = { dishes: 1, ingredients: 2_001, own: 3_001, injected: 10_001 } as const;

/** Foods that only IBSafe knows, with its own words for their class. */
const OWN_WORDS = ['저', '중', '고', '고FODMAP', 'FODMAP 낮음', null, '', '미정'] as const;
const OWN_FOODS = 24;
/** Every fourth is a drink. */
const DRINKS = ['아이스 아메리카노', '생맥주', '오렌지주스', '카페라떼', '유자차', '과일소주'] as const;

/** A food table like IBSafe's. */
export interface FoodTable {
  readonly foods: Foods;
  readonly book: FoodBook;
  /** How many of each there are. */
  readonly counts: { readonly dishes: number; readonly ingredients: number; readonly own: number; readonly injected: number };
}

/** The foods that patients of an evaluation eat. */
export function foodTable(catalogue: Catalogue): FoodTable {
  const { dishes, ingredients } = catalogue;
  const rows = [
    ...dishes.map(({ code, nameKo }, at) => row(FIRST_ID.dishes + at, { code, name: nameKo })),
    ...ingredients.map(({ nameKo }, at) => row(FIRST_ID.ingredients + at, { code: `R-${at}`, name: nameKo })),
    ...Array.from({ length: OWN_FOODS }, (_, at) =>
      row(FIRST_ID.own + at, {
        code: `O-${at}`,
        name: at % 4 === 1 ? (DRINKS[at >> 2] ?? '') : `바깥 음식 ${at + 1}`,
        fodmap: OWN_WORDS[at % OWN_WORDS.length] ?? null,
        fibre: at % 3 === 0 ? at % 9 : null,
      }),
    ),
    ...INJECTIONS.map((name, at) => row(FIRST_ID.injected + at, { code: `INJECTED-${at}`, name, fodmap: at % 2 === 0 ? '고' : null })),
  ];
  const book = rows.map(({ id, code, name, fodmap, basis, fibre }) => ({
    id,
    foodCode: code,
    foodName: name,
    fodmap,
    fodmapBasis: basis,
    fibreGrams: fibre,
  }));
  return {
    foods: new Map(rows.map((each) => [each.id, each])),
    book: foodBookOf(book, catalogue),
    counts: { dishes: dishes.length, ingredients: ingredients.length, own: OWN_FOODS, injected: INJECTIONS.length },
  };
}

function row(id: number, given: Partial<FoodRow> & Pick<FoodRow, 'code' | 'name'>): FoodRow {
  return { id, fodmap: null, basis: null, fibre: null, ...given };
}
