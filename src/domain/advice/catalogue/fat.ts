import type { Recipe } from './recipe.js';

/**
 * g of fat of a dish's serving up to which it is offered to a patient who eats little fat: three such main dishes come to less than 30 % of the energy of 2,000 kcal (67 g), and what stands beside them has
 * little. Own rule.
 */
export const MAX_FAT_GRAMS = 15;

/** g of fat of a recipe without that of fish, which is the kind to have (`cholesterol-fat`); what has no figure counts as nothing, for seasonings alone have none in what is offered. */
export function fatButOfFish(recipe: Recipe): number {
  return recipe.reduce(
    (sum, { ingredient, grams }) => sum + (ingredient.group === 'FISH' ? 0 : ((ingredient.fatGrams ?? 0) * grams) / 100),
    0,
  );
}

/** Whether a recipe is too fatty for a patient who eats little fat. */
export function isFatty(recipe: Recipe): boolean {
  return fatButOfFish(recipe) > MAX_FAT_GRAMS;
}
