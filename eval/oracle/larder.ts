import type { Dish, Ingredient, Pantry } from './pantry.js';
import { plateOf, type Plate } from './plate.js';
import type { FoodRow } from './records.js';
import { sameName } from './words.js';

/** IBSafe's foods, found in the data files: by code, else by the whole name. A part of a name is no name: 사과파이 is no apple. */
export class Larder {
  readonly #dishes = new Map<string, Dish>();
  readonly #ingredients: ReadonlyMap<string, Ingredient>;
  readonly #plates = new Map<string, Plate>();

  constructor(pantry: Pantry) {
    for (const dish of pantry.dishes) {
      for (const key of [dish.code, sameName(dish.nameKo), sameName(dish.nameEn)]) this.#dishes.set(key, dish);
    }
    this.#ingredients = ingredientsByName([...pantry.ingredients.values()]);
  }

  dishOf({ code, name }: FoodRow): Dish | undefined {
    return this.#dishes.get(code) ?? spellings(name).flatMap((each) => this.#dishes.get(sameName(each)) ?? [])[0];
  }

  plateOf(row: FoodRow): Plate | undefined {
    const dish = this.dishOf(row);
    const of = spellings(row.name).flatMap((each) => this.#ingredients.get(sameName(each)) ?? [])[0];
    const key = dish?.code ?? of?.id ?? '';
    let plate = this.#plates.get(key);
    if (plate === undefined && (dish ?? of) !== undefined) {
      plate = plateOf(dish?.recipe ?? (of === undefined ? [] : [{ of, grams: 100 }]));
      this.#plates.set(key, plate);
    }
    return plate;
  }
}

/** What several ingredients are called besides is the name of none of them. */
function ingredientsByName(all: readonly Ingredient[]): ReadonlyMap<string, Ingredient> {
  const names = new Map<string, Ingredient>();
  const byAlias = Map.groupBy(all.flatMap((of) => of.names.slice(2).map((name) => ({ name, of }))), ({ name }) => name); // prettier-ignore
  for (const [name, owners] of byAlias) {
    const [first] = owners;
    if (first !== undefined && owners.every(({ of }) => of === first.of)) names.set(name, first.of);
  }
  for (const of of all) for (const name of of.names.slice(0, 2)) names.set(name, of);
  return names;
}

/** Notes behind a name that change nothing of a food. */
const NO_NOTE = '생것 생 날것 국산 국내산 수입산 수입 1인분 일인분 1회제공량 소 중 대 평균 전체 일반 가정식 가정용 외식 시판'.split(' ');

/** Ways to write a name: as it stands, without a note that says nothing, and with the kind of dish behind it, as food tables write 김밥_참치. */
function spellings(name: string): string[] {
  const whole = name.normalize('NFC').trim();
  const [, plain = '', note = ''] = /^([^()]+)\(([^()]*)\)$/u.exec(whole) ?? [];
  const bare = NO_NOTE.includes(note.replaceAll(/\s/gu, '')) && plain !== '' ? plain.trim() : whole;
  const parts = bare.split('_').map((part) => part.trim());
  const [kind = '', which = ''] = parts;
  if (parts.length !== 2 || kind === '' || which === '') return [whole, bare];
  return [whole, which.endsWith(kind) ? which : which + kind];
}
