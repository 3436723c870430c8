import { assertNever } from '../../assert-never.js';
import type { Ingredient } from './ingredient.js';

/** One ingredient of a recipe and its grams in a serving, above 0. */
export interface RecipePart {
  readonly ingredient: Ingredient;
  readonly grams: number;
}

/** The ingredients of one serving. */
export type Recipe = readonly RecipePart[];

/** A departure from the usual recipe: an ingredient left out, another one in its place, or less of it. */
export type RecipeChange =
  | { readonly change: 'WITHOUT'; readonly ingredient: Ingredient }
  | { readonly change: 'INSTEAD'; readonly ingredient: Ingredient; readonly by: Ingredient; readonly grams: number }
  | { readonly change: 'LESS'; readonly ingredient: Ingredient; readonly grams: number };

/**
 * The recipe with its changes made. @throws RangeError for a change of an ingredient that the recipe does not hold, or for "less" that is not less: a text
 * would tell of what was not done.
 */
export function changedRecipe(recipe: Recipe, changes: readonly RecipeChange[]): Recipe {
  return changes.reduce<Recipe>(changed, recipe);
}

function changed(recipe: Recipe, change: RecipeChange): Recipe {
  const at = recipe.findIndex(({ ingredient }) => ingredient.id === change.ingredient.id);
  const part = recipe[at];
  if (part === undefined) throw new RangeError(`the recipe holds no ${change.ingredient.id} that could be changed`);
  switch (change.change) {
    case 'WITHOUT':
      return recipe.toSpliced(at, 1);
    case 'INSTEAD':
      return recipe.toSpliced(at, 1, { ingredient: change.by, grams: change.grams });
    case 'LESS':
      if (change.grams >= part.grams) throw new RangeError(`${change.grams} g of ${part.ingredient.id} is not less than ${part.grams} g`);
      return recipe.toSpliced(at, 1, { ingredient: part.ingredient, grams: change.grams });
    default:
      return assertNever(change);
  }
}
