import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { KINDS, sameName, type Kind } from './words.js';

/** A row of data/ingredients.csv, read as it stands. Nothing here is shared with the service: its reader, its types and its tables have a say in nothing. */
export interface Ingredient {
  readonly id: string;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly names: readonly string[];
  readonly group: string;
  /** Words of the column; 'unknown' alone where no source was read. */
  readonly allergens: readonly string[];
  /** `high` is infinite where the column marks it as assumed: no amount of it is known to be high. */
  readonly kinds: Readonly<Record<Kind, 'none' | 'unknown' | { readonly low: number; readonly high: number }>>;
  /** g per 100 g; null for `unknown`. */
  readonly fibre: number | null;
  readonly soluble: number | null;
  readonly fat: number | null;
  readonly energy: number | null;
  /** mg per 100 g. */
  readonly sodium: number | null;
  readonly hot: boolean;
}

/** A part of a recipe. */
export interface Part {
  readonly of: Ingredient;
  readonly grams: number;
}

/** A departure from a recipe as the column `changes` writes it. */
export type Change =
  | { readonly kind: 'WITHOUT'; readonly what: Ingredient }
  | { readonly kind: 'INSTEAD'; readonly what: Ingredient; readonly by: Part }
  | { readonly kind: 'LESS'; readonly what: Ingredient; readonly grams: number };

/** A row of data/dishes.csv. */
export interface Dish {
  readonly code: string;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly category: string;
  readonly meals: readonly string[];
  readonly servingGrams: number;
  readonly servingKo: string;
  readonly servingEn: string;
  readonly recipe: readonly Part[];
  readonly ways: readonly (readonly Change[])[];
}

/** A row of data/points/*.json. */
export interface WrittenPoint {
  readonly id: string;
  readonly field: 'DIET_EVALUATION' | 'SUMMARY' | 'EXERCISE_EVALUATION' | 'SLEEP_EVALUATION';
  readonly args: readonly ('eaten' | 'dish')[];
  readonly when: string;
  /** Whether it may speak of a food that is not for the patient. */
  readonly ofLeftOut?: true;
  readonly priority: number;
  readonly ko: readonly string[];
  readonly en: readonly string[];
}

/** The data files. */
export interface Pantry {
  readonly ingredients: ReadonlyMap<string, Ingredient>;
  readonly dishes: readonly Dish[];
  readonly points: readonly WrittenPoint[];
}

type Row = Readonly<Record<string, string>>;

/** Reads the data files of a folder. @throws for one that is missing, and for a recipe with an ingredient that is not listed */
export function openPantry(folder = 'data'): Pantry {
  const table = (name: string): Row[] => parse(readFileSync(join(folder, name), 'utf8'), { columns: true, bom: true });
  const ingredients = new Map(table('ingredients.csv').map((row) => [row['id'] ?? '', ingredientOf(row)]));
  const part = (text: string): Part => {
    const [id = '', grams] = text.trim().split(':');
    const of = ingredients.get(id);
    if (of === undefined) throw new Error(`a recipe has the ingredient ${JSON.stringify(id)}, which is not in ingredients.csv`);
    return { of, grams: Number(grams) };
  };
  const files = readdirSync(join(folder, 'points')).filter((name) => name.endsWith('.json'));
  return {
    ingredients,
    dishes: table('dishes.csv').map((row) => dishOf(row, part)),
    points: files.flatMap((name) => JSON.parse(readFileSync(join(folder, 'points', name), 'utf8')) as WrittenPoint[]),
  };
}

function ingredientOf(row: Row): Ingredient {
  const cell = (column: string): string => (row[column] ?? '').trim();
  const figure = (column: string): number | null => (cell(column) === 'unknown' ? null : Number(cell(column)));
  const kind = (name: Kind): Ingredient['kinds'][Kind] => {
    const text = cell(name.toLowerCase());
    if (text === 'none' || text === 'unknown') return text;
    const [low = '', high = ''] = text.split('/');
    return { low: Number(low), high: high.startsWith('~') ? Number.POSITIVE_INFINITY : Number(high) };
  };
  const words = (column: string): string[] => cell(column).split(';').map((word) => word.trim()).filter((word) => word !== ''); // prettier-ignore
  return {
    id: cell('id'),
    nameKo: cell('name_ko'),
    nameEn: cell('name_en'),
    names: [cell('name_ko'), cell('name_en'), ...words('aliases')].map(sameName),
    group: cell('food_group'),
    allergens: words('allergens').filter((word) => word !== 'none'),
    kinds: Object.fromEntries(KINDS.map((name) => [name, kind(name)])) as unknown as Ingredient['kinds'],
    fibre: figure('fibre_g'),
    soluble: figure('fibre_soluble_g'),
    fat: figure('fat_g'),
    energy: figure('energy_kcal'),
    sodium: figure('sodium_mg'),
    hot: cell('hot') === 'yes',
  };
}

function dishOf(row: Row, part: (text: string) => Part): Dish {
  const cell = (column: string): string => (row[column] ?? '').trim();
  const nameless = (id: string): Ingredient => part(`${id}:0`).of;
  const change = (text: string): Change => {
    if (text.startsWith('-')) return { kind: 'WITHOUT', what: nameless(text.slice(1)) };
    const [from = '', by] = text.split('>');
    if (by !== undefined) return { kind: 'INSTEAD', what: nameless(from), by: part(by) };
    const { of, grams } = part(text);
    return { kind: 'LESS', what: of, grams };
  };
  const ways = cell('changes') === '' ? [] : cell('changes').split('|');
  return {
    code: cell('code'),
    nameKo: cell('name_ko'),
    nameEn: cell('name_en'),
    category: cell('category'),
    meals: cell('meals').split(';'),
    servingGrams: Number(cell('serving_g')),
    servingKo: cell('serving_ko'),
    servingEn: cell('serving_en'),
    recipe: cell('recipe').split(';').map(part),
    ways: ways.map((way) => (way.trim() === '=' ? [] : way.split(';').map((text) => change(text.trim())))),
  };
}
