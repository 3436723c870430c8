import type { Dish, FoodCategory, Offer } from './dish.js';

/** Grams of meat, fish, egg or soy food from which a serving counts as a protein dish: half of the 60 g that a Korean food guide calls a serving of meat is not enough. Own rule. */
const PROTEIN_DISH_GRAMS = 40;
/** Grams of vegetables, mushrooms or seaweed from which a serving counts as a vegetable dish: a Korean food guide's serving is 70 g. Own rule: a little less, for cooked ones weigh less. */
const VEGETABLE_DISH_GRAMS = 50;

/** Grams of grain from which a soup is a bowl of its own, with no rice beside it: rice cake soup holds 150 g. Own rule: half a bowl of rice. */
const BOWL_GRAIN_GRAMS = 100;

/** Whether a serving brings the protein of a meal. */
export function isProteinDish({ judged }: Pick<Offer, 'judged'>): boolean {
  return judged.proteinGrams >= PROTEIN_DISH_GRAMS;
}

/** Whether a serving brings the vegetables of a meal. */
export function isVegetableDish({ judged }: Pick<Offer, 'judged'>): boolean {
  return judged.vegetableGrams >= VEGETABLE_DISH_GRAMS;
}

/** Whether dishes of a category are what a meal is built on. */
export function isStaple(category: FoodCategory): boolean {
  return category === 'RICE' || category === 'PORRIDGE' || category === 'NOODLE';
}

/** Whether a dish is a soup that is eaten in place of rice, as 떡국 is. */
export function isBowlSoup({ category, recipe }: Pick<Dish, 'category' | 'recipe'>): boolean {
  const grain = recipe.reduce((grams, part) => (part.ingredient.group === 'GRAIN' ? grams + part.grams : grams), 0);
  return category === 'SOUP_STEW' && grain >= BOWL_GRAIN_GRAMS;
}
