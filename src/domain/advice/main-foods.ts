import type { Ingredient } from './catalogue/ingredient.js';
import type { Recipe } from './catalogue/recipe.js';

/** g of a meat, fish, egg or soy food in a serving from which on a dish is one of it, and of a stock. */
const [LEAST, LEAST_STOCK] = [20, 100] as const;

/** What a meal should not hold twice. */
const MAINS: readonly ((ingredient: Ingredient) => boolean)[] = [
  ({ id }) => id.startsWith('beef'),
  ({ id }) => id.startsWith('pork') || id === 'ham' || id === 'sausage',
  ({ id }) => id.startsWith('chicken'),
  ({ id }) => id === 'duck',
  ({ id, group }) => group === 'FISH' && !SHELLED.has(id),
  ({ id }) => SHELLED.has(id),
  ({ group }) => group === 'EGG',
  ({ group }) => group === 'SOYFOOD',
];
const SHELLED: ReadonlySet<string> = new Set(['shrimp', 'clam', 'mussel', 'abalone', 'squid']);

/** Bits of the meats, fish, eggs and soy foods that a dish is of. */
export function mainsOf(recipe: Recipe): number {
  return MAINS.reduce((bits, isMain, at) => {
    const isOf = recipe.some(
      ({ ingredient, grams }) => isMain(ingredient) && grams >= (ingredient.group === 'SEASONING' ? LEAST_STOCK : LEAST),
    );
    return isOf ? bits | (1 << at) : bits;
  }, 0);
}
