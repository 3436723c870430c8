import { PREFERENCES, type Preference } from '../patient-inputs.js';
import type { Offer, WrittenDish } from './dish.js';
import type { Ingredient } from './ingredient.js';
import { changedRecipe, type Recipe } from './recipe.js';

/** Bits of `PREFERENCES` that a dish goes against as it is offered. */
export function dislikesOf({ changes, judged }: Offer, recipe: WrittenDish['recipe']): number {
  return dislikesOfRecipe(changedRecipe(recipe, changes), judged.hot);
}

/** The same of a recipe as it stands. */
export function dislikesOfRecipe(recipe: Recipe, isHot: boolean): number {
  return PREFERENCES.reduce((bits, preference, at) => {
    const isAgainst = preference === 'NOT_HOT' ? isHot : recipe.some(({ ingredient }) => AGAINST[preference](ingredient));
    return isAgainst ? bits | (1 << at) : bits;
  }, 0);
}

/** By the words of an ingredient's id, so that stocks and sausages count as what they are made of. */
const AGAINST: Readonly<Record<Exclude<Preference, 'NOT_HOT'>, (ingredient: Ingredient) => boolean>> = {
  VEGETARIAN: (ingredient) => ingredient.group === 'MEAT' || isSeafood(ingredient) || isOf(ingredient, ANIMALS),
  NO_PORK: (ingredient) => isOf(ingredient, ['pork', 'ham', 'bacon', 'sausage', 'spam']),
  NO_BEEF: (ingredient) => isOf(ingredient, ['beef', 'ox', 'bulgogi']),
  NO_CHICKEN: (ingredient) => isOf(ingredient, ['chicken']),
  NO_FISH: isSeafood,
  VEGAN: (ingredient) => AGAINST.VEGETARIAN(ingredient) || isOfAnimals(ingredient),
  NO_MEAT: (ingredient) => ingredient.group === 'MEAT' || isOf(ingredient, MEATS),
};

const MEATS = ['pork', 'ham', 'bacon', 'sausage', 'spam', 'beef', 'ox', 'bulgogi', 'chicken', 'duck'];
const ANIMALS = [...MEATS, 'anchovy', 'bonito', 'fish'];

function isOf({ id }: Ingredient, words: readonly string[]): boolean {
  return id.split('-').some((word) => words.includes(word));
}

/** What is made of milk, eggs and honey, and what may be, for all that is known. */
function isOfAnimals({ id, allergens, mayHoldMore }: Ingredient): boolean {
  return allergens.includes('MILK') || allergens.includes('EGG') || mayHoldMore || id === 'honey';
}

/** Sauces and stocks of it among it: salted shrimp, fish sauce, kimchi. */
function isSeafood({ group, allergens }: Ingredient): boolean {
  return group === 'FISH' || allergens.includes('SEAFOOD');
}
