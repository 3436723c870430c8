import type { Recipe } from './recipe.js';

/**
 * g of fat of a dish's serving up to which it is offered to a patient who eats little fat: three such main dishes come to less than 30 % of the energy of 2,000 kcal (67 g), and what stands beside them has
 * little. Own rule.
 */
export const MAX_FAT_GRAMS = 15;

/**
 * g of fat of a recipe without that of fish, which is the kind to have (`cholesterol-fat`). A seasoning without a figure counts as nothing: what is offered holds a few g of it; any other food without one
 * counts as more than may be.
 */
export function fatButOfFish(recipe: Recipe): number {
  return recipe.reduce((sum, { ingredient: { group, fatGrams }, grams }) => {
    if (group === 'FISH') return sum;
    const unknown = group === 'SEASONING' ? 0 : Number.POSITIVE_INFINITY;
    return sum + (fatGrams === null ? unknown : (fatGrams * grams) / 100);
  }, 0);
}

/** Whether a recipe is too fatty for a patient who eats little fat. */
export function isFatty(recipe: Recipe): boolean {
  return fatButOfFish(recipe) > MAX_FAT_GRAMS;
}

/** Whether as much fat is known to be in it: what is told of a food that was eaten must be so. */
export function isKnownFatty(recipe: Recipe): boolean {
  return fatButOfFish(recipe.filter(({ ingredient }) => ingredient.fatGrams !== null)) > MAX_FAT_GRAMS;
}
