import { FOOD_CATEGORIES, type Dish, type FoodCategory, type Offer } from './dish.js';
import { changedRecipe, type Recipe } from './recipe.js';

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

/** Grams of water or stock from which a dish of noodles has a broth: what is boiled in is poured away, and no part of a recipe. Own rule. */
const BROTH_GRAMS = 100;

/** Whether a dish, as it is offered, has a broth: a soup, or noodles in one. */
export function hasBroth(dish: Dish | undefined, changes: Offer['changes']): boolean {
  if (dish?.category === 'SOUP_STEW') return true;
  if (dish?.category !== 'NOODLE') return false;
  const broth = changedRecipe(dish.recipe, changes).filter(({ ingredient: { id } }) => id === 'water' || id.endsWith('-stock'));
  return broth.reduce((sum, { grams }) => sum + grams, 0) >= BROTH_GRAMS;
}

/** What a dish is to a meal, so that one can take the place of another: its category; of snacks and drinks what they are made of besides. Bread is no yoghurt, and tea no milk. */
export const DISH_ROLES = [...FOOD_CATEGORIES, 'BREAD', 'DAIRY', 'NUT', 'STARCHY', 'MILK_DRINK', 'TEA'] as const;
export type DishRole = (typeof DISH_ROLES)[number];

/** The role of a dish by its category and usual recipe. Of a snack that is cooked of several things there is none like it: it keeps the category as its role. */
export function roleOf({ category, recipe }: { readonly category: FoodCategory; readonly recipe: Recipe }): DishRole {
  const groups = recipe.filter(({ ingredient }) => ingredient.group !== 'WATER').map(({ ingredient }) => ingredient.group);
  const [group] = groups;
  if (category === 'DRINK') return groups.some((each) => each === 'DAIRY' || each === 'SOYFOOD') ? 'MILK_DRINK' : 'TEA';
  if (category !== 'SNACK' || groups.length !== 1) return category;
  if (group === 'GRAIN') return 'BREAD';
  return group === 'DAIRY' || group === 'NUT' || group === 'STARCHY' ? group : category;
}
