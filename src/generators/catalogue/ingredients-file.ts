import { z } from 'zod';
import { FOOD_GROUPS, FODMAP_KINDS, type FodmapKind, type Ingredient, type KindFigure } from '../../domain/advice/catalogue/ingredient.js';
import { ALLERGENS, type Allergen } from '../../domain/advice/restrictions.js';
import { REVIEW, csvRows, figureOrUnknown, list, listOf, text } from './csv-rows.js';
import type { Source } from './sources-file.js';

const FILE = 'data/ingredients.csv';
/** Beside the allergens that a source tells: there may be others. */
const UNKNOWN = 'unknown';

const kind = z.string().transform((cell, context): KindFigure => {
  if (cell === 'none') return 'NONE';
  if (cell === 'unknown') return 'UNKNOWN';
  const [, low, mark, high] = /^(\d+(?:\.\d+)?)\/(~?)(\d+(?:\.\d+)?)$/.exec(cell) ?? [];
  const serving = { low: Number(low), high: Number(high), ...(mark === '~' ? { isHighAssumed: true as const } : {}) };
  if (serving.low > 0 && serving.low <= serving.high) return serving;
  context.addIssue(
    'expected none, unknown, or grams such as 65/75: low up to the first, high from the second, or 65/~75 where no source calls the second high',
  );
  return z.NEVER;
});

const ROW = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected an id such as soup-soy-sauce'),
  name_ko: text.max(40),
  name_en: text.max(60),
  aliases: list,
  food_group: z.enum(FOOD_GROUPS),
  allergens: z.union([z.literal('none').transform((): (Allergen | typeof UNKNOWN)[] => []), listOf([...ALLERGENS, UNKNOWN]).refine((words) => words.length > 0, 'write none where there is none')]), // prettier-ignore
  fructan: kind,
  gos: kind,
  lactose: kind,
  fructose: kind,
  polyol: kind,
  fodmap_source: z.string().trim(),
  fibre_g: figureOrUnknown(100),
  fibre_soluble_g: figureOrUnknown(100),
  fibre_insoluble_g: figureOrUnknown(100),
  fat_g: figureOrUnknown(100),
  energy_kcal: figureOrUnknown(930), // Japanese tables reckon 9.21 kcal to a gram of oil
  nutrient_source: z.string().trim(),
  sodium_mg: figureOrUnknown(40_000), // salt is 38,758
  sodium_source: z.string().trim(),
  hot: z.enum(['yes', 'no']),
  allergen_source: z.string().trim(),
  ...REVIEW,
});

type Row = z.output<typeof ROW>;

/** Ingredients by id. @throws Error that names the row at fault: a figure without a source, a source that is not listed, or an id that stands there twice */
export function parseIngredients(csv: string, sources: ReadonlyMap<string, Source>): ReadonlyMap<string, Ingredient> {
  const ingredients = new Map<string, Ingredient>();
  for (const row of csvRows(csv, FILE, ROW)) {
    if (ingredients.has(row.id)) throw new Error(`${FILE} has the id ${row.id} twice. Correct ${FILE}`);
    checkSources(row, sources);
    ingredients.set(row.id, ingredientOf(row));
  }
  return ingredients;
}

const NUTRIENTS = ['fibre_g', 'fibre_soluble_g', 'fibre_insoluble_g', 'fat_g', 'energy_kcal'] as const;

function kindOf(row: Row, fodmap: FodmapKind): KindFigure {
  return row[fodmap.toLowerCase() as Lowercase<FodmapKind>];
}

function checkSources(row: Row, sources: ReadonlyMap<string, Source>): void {
  const said = {
    fodmap_source: FODMAP_KINDS.some((fodmap) => kindOf(row, fodmap) !== 'UNKNOWN'),
    nutrient_source: NUTRIENTS.some((column) => row[column] !== null),
    sodium_source: row.sodium_mg !== null,
    allergen_source: row.allergens.length === 0 || row.allergens.some((word) => word !== UNKNOWN),
  };
  for (const [column, needed] of Object.entries(said)) {
    const source = row[column as keyof typeof said];
    if (source === '' ? needed : !sources.has(source)) {
      const found = source === '' ? 'none' : JSON.stringify(source);
      throw new Error(
        `${row.id} in ${FILE} has figures that need a ${column} of data/sources.csv, found ${found}. Name it, or write unknown`,
      );
    }
  }
}

function ingredientOf(row: Row): Ingredient {
  return {
    id: row.id,
    nameKo: row.name_ko,
    nameEn: row.name_en,
    aliases: row.aliases,
    group: row.food_group,
    allergens: ALLERGENS.filter((allergen) => row.allergens.includes(allergen)),
    mayHoldMore: row.allergens.includes(UNKNOWN),
    fodmaps: { FRUCTAN: row.fructan, GOS: row.gos, LACTOSE: row.lactose, FRUCTOSE: row.fructose, POLYOL: row.polyol },
    fibreGrams: row.fibre_g,
    solubleGrams: row.fibre_soluble_g,
    insolubleGrams: row.fibre_insoluble_g,
    fatGrams: row.fat_g,
    energyKcal: row.energy_kcal,
    sodiumMg: row.sodium_mg,
    sources: { allergens: row.allergen_source, fodmap: row.fodmap_source, nutrients: row.nutrient_source, sodium: row.sodium_source },
    hot: row.hot === 'yes',
    reviewedBy: row.reviewed_by,
    reviewedOn: row.reviewed_on,
  };
}
