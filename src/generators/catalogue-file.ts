import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Catalogue } from '../domain/advice/catalogue.js';
import { FOOD_CATEGORIES, MEALS, type CatalogueFood } from '../domain/advice/catalogue-food.js';
import { ALLERGENS } from '../domain/advice/patient-inputs.js';

const FILE = join('data', 'food-catalogue.csv');

/** Words of a cell, separated by semicolons; none for an empty cell. */
function listOf<Word extends string>(words: readonly [Word, ...Word[]]) {
  return z
    .string()
    .transform((cell) => (cell === '' ? [] : cell.split(';')))
    .pipe(z.array(z.enum(words)).refine((list) => new Set(list).size === list.length, 'a word stands there twice'));
}

function figureUpTo(most: number) {
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'expected a number such as 1.5')
    .transform(Number)
    .pipe(z.number().max(most));
}

const text = z.string().trim().min(1);

const ROW = z
  .strictObject({
    code: z.string().regex(/^IBS-\d{4}$/, 'expected a code such as IBS-0001'),
    name_ko: text.max(100),
    name_en: text.max(100),
    category: z.enum(FOOD_CATEGORIES),
    fodmap: z.enum(['LOW', 'MODERATE', 'HIGH']),
    fibre_type: z.enum(['SOLUBLE', 'INSOLUBLE', 'BOTH', 'NONE']),
    fibre_g_per_100g: figureUpTo(100),
    energy_kcal_per_100g: figureUpTo(900),
    meals: listOf(MEALS).refine((meals) => meals.length > 0, 'a food is offered at one meal at least'),
    allergens: listOf(ALLERGENS),
    fodmap_basis: text,
  })
  .transform((row): CatalogueFood => ({
    code: row.code,
    nameKo: row.name_ko,
    nameEn: row.name_en,
    category: row.category,
    fodmap: row.fodmap,
    fibreType: row.fibre_type,
    fibreGrams: row.fibre_g_per_100g,
    energyKcal: row.energy_kcal_per_100g,
    meals: row.meals,
    allergens: row.allergens,
    fodmapBasis: row.fodmap_basis,
  }));

/**
 * Reads the catalogue's text: a header, then one food a line. A food's index is its line.
 * @throws Error that names the line and the columns at fault; RangeError for a code or name that stands there twice.
 */
export function parseCatalogue(csv: string): Catalogue {
  const rows: unknown[] = parse(csv, { columns: true, bom: true, skip_empty_lines: true });
  const foods = rows.map((row, at) => {
    const parsed = ROW.safeParse(row);
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new Error(`food ${at + 1} of the catalogue cannot be read: ${faults}. Correct ${FILE}`, { cause: parsed.error });
  });
  return new Catalogue(foods);
}

/** Reads a catalogue file, the project's own unless told otherwise. Throws like `parseCatalogue`, and when the file cannot be read. */
export function loadCatalogue(path: string = catalogueFilePath()): Catalogue {
  return parseCatalogue(readFileSync(path, 'utf8'));
}

/** The project's catalogue file, sought from this file upwards because sources and build lie at different depths. */
export function catalogueFilePath(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, FILE);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`expected ${FILE} in a folder above ${start}: it belongs to the project, restore it`);
  }
}
