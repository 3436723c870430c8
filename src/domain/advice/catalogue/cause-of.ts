import type { FodmapKind, Ingredient } from './ingredient.js';
import type { Recipe } from './recipe.js';

/** What is named where no ingredient is too much by itself. Source: Monash University names garlic and onion as the commonest sources of fructans. */
const ONIONS = ['garlic', 'onion', 'scallion', 'leek'];
/** Sums of decimal figures stay this near to what they should be. */
const ROUNDING = 1e-9;

/**
 * The ingredient that so many servings of a recipe are high (or more than low) by, in one kind: of those that are more than their own low serving the one with the greatest share. 100 g of tofu are no
 * reason to leave tofu away where its low serving is 170 g. Where none is, of garlic and the onions the one with the greatest share; null where there is none of these either, or the recipe is one ingredient.
 */
export function causeOf(recipe: Recipe, kind: FodmapKind, bound: 'low' | 'high', servings: number): Ingredient | null {
  if (recipe.length < 2) return null;
  const parts = recipe
    .flatMap(({ ingredient, grams }) => {
      const figure = ingredient.fodmaps[kind];
      const isKnown = typeof figure === 'object' && !(bound === 'high' && figure.isHighAssumed === true);
      return isKnown ? [{ ingredient, eaten: grams * servings, low: figure.low, share: grams / figure[bound] }] : [];
    })
    .toSorted((one, other) => other.share - one.share);
  const tooMuch = parts.find(({ eaten, low }) => eaten > low * (1 + ROUNDING));
  return (tooMuch ?? parts.find(({ ingredient }) => ONIONS.includes(ingredient.id)))?.ingredient ?? null;
}
