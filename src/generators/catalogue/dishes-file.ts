import { z } from 'zod';
import { FOOD_CATEGORIES, MEALS, type WrittenDish } from '../../domain/advice/catalogue/dish.js';
import type { Ingredient } from '../../domain/advice/catalogue/ingredient.js';
import type { Recipe, RecipeChange } from '../../domain/advice/catalogue/recipe.js';
import { REVIEW, csvRows, figureUpTo, list, listOf, text } from './csv-rows.js';

const FILE = 'data/dishes.csv';

const ROW = z.strictObject({
  code: z.string().regex(/^IBS-\d{4}$/, 'expected a code such as IBS-0001'),
  name_ko: text.max(40),
  name_en: text.max(80),
  category: z.enum(FOOD_CATEGORIES),
  meals: listOf(MEALS).refine((meals) => meals.length > 0, 'a dish is offered at one meal at least'),
  serving_g: figureUpTo(1_500),
  serving_ko: text.max(20),
  serving_en: text.max(30),
  recipe: list.refine((parts) => parts.length > 0, 'a dish has one ingredient at least'),
  changes: z.string().trim(),
  // Empty where the recipe was not compared with a written one yet: docs/advice.md counts them.
  recipe_source: z.string().trim(),
  ...REVIEW,
});

type Row = z.output<typeof ROW>;
type Ingredients = ReadonlyMap<string, Ingredient>;

/** Dishes in the order of the file. @throws Error that names the dish at fault: an unknown ingredient, or a part or change that cannot be read */
export function parseDishes(csv: string, ingredients: Ingredients): WrittenDish[] {
  return csvRows(csv, FILE, ROW).map((row) => {
    try {
      return dishOf(row, ingredients);
    } catch (error) {
      throw new Error(`dish ${row.code} (${row.name_ko}) in ${FILE} cannot be read: ${(error as Error).message}. Correct ${FILE}`, {
        cause: error,
      });
    }
  });
}

function dishOf(row: Row, ingredients: Ingredients): WrittenDish {
  return {
    code: row.code,
    nameKo: row.name_ko,
    nameEn: row.name_en,
    category: row.category,
    meals: row.meals,
    servingGrams: row.serving_g,
    servingKo: row.serving_ko,
    servingEn: row.serving_en,
    recipe: recipeOf(row.recipe, ingredients),
    variants: variantsOf(row.changes, ingredients),
    recipeSource: row.recipe_source,
    reviewedBy: row.reviewed_by,
    reviewedOn: row.reviewed_on,
  };
}

function recipeOf(parts: readonly string[], ingredients: Ingredients): Recipe {
  const recipe = parts.map((part) => gramsOf(part, ingredients));
  const ids = new Set(recipe.map(({ ingredient }) => ingredient.id));
  if (ids.size < recipe.length) throw new RangeError('an ingredient stands there twice');
  return recipe;
}

/** `garlic:3` */
function gramsOf(part: string, ingredients: Ingredients): { ingredient: Ingredient; grams: number } {
  const [, id = '', figure] = /^([a-z0-9-]+):(\d+(?:\.\d+)?)$/.exec(part) ?? [];
  const grams = Number(figure);
  if (!(grams > 0)) throw new RangeError(`expected an ingredient and its grams such as garlic:3, found ${JSON.stringify(part)}`);
  return { ingredient: known(id, ingredients), grams };
}

/** Ways separated by `|`; `=` offers the dish as it is, an empty cell not at all. */
function variantsOf(cell: string, ingredients: Ingredients): (readonly RecipeChange[])[] {
  if (cell === '') return [];
  return cell.split('|').map((way) => (way.trim() === '=' ? [] : way.split(';').map((change) => changeOf(change.trim(), ingredients))));
}

function changeOf(change: string, ingredients: Ingredients): RecipeChange {
  const [, left] = /^-([a-z0-9-]+)$/.exec(change) ?? [];
  if (left !== undefined) return { change: 'WITHOUT', ingredient: known(left, ingredients) };
  const [, from, by] = /^([a-z0-9-]+)>(.+)$/.exec(change) ?? [];
  if (from !== undefined && by !== undefined) {
    const { ingredient, grams } = gramsOf(by, ingredients);
    return { change: 'INSTEAD', ingredient: known(from, ingredients), by: ingredient, grams };
  }
  const { ingredient, grams } = gramsOf(change, ingredients);
  return { change: 'LESS', ingredient, grams };
}

function known(id: string, ingredients: Ingredients): Ingredient {
  const ingredient = ingredients.get(id);
  if (ingredient === undefined) throw new RangeError(`${JSON.stringify(id)} is not in data/ingredients.csv`);
  return ingredient;
}
