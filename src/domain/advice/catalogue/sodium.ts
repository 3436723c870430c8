import type { Recipe } from './recipe.js';

/**
 * mg of sodium of a dish's serving up to which it is offered to a patient who eats little salt: an eighth of the 2,000 mg of a day that the WHO recommends at most (`who-salt`). Three meals of three dishes
 * come to 2,250 mg at most, and to less with plain rice. Own rule.
 */
export const MAX_SODIUM_MG = 250;

/** What a cook seasons with, and can halve: `LESS_SALT` tells the patient to. Fish sauce and the like are in no dish for them. */
const SEASONINGS: ReadonlySet<string> = new Set(['salt', 'soy-sauce', 'tamari']);
const SHARE_TOLD = 0.5;

/** mg of sodium of a recipe with half of its salt and soy sauce; null where an ingredient has no figure: it counts as salty, however little of it there is. */
export function sodiumHalfSalted(recipe: Recipe): number | null {
  let sum = 0;
  for (const { ingredient, grams } of recipe) {
    if (ingredient.sodiumMg === null) return null;
    sum += (ingredient.sodiumMg * grams * (SEASONINGS.has(ingredient.id) ? SHARE_TOLD : 1)) / 100;
  }
  return sum;
}

/** Whether a recipe, so seasoned, is too salty for a patient who eats little salt. */
export function isSalty(recipe: Recipe): boolean {
  const sodium = sodiumHalfSalted(recipe);
  return sodium === null || sodium > MAX_SODIUM_MG;
}

/** Whether as much sodium is known to be in it: what is told of a food that was eaten must be so. */
export function isKnownSalty(recipe: Recipe): boolean {
  return (sodiumHalfSalted(recipe.filter(({ ingredient }) => ingredient.sodiumMg !== null)) ?? 0) > MAX_SODIUM_MG;
}
