import type { FoodGroup } from './catalogue/ingredient.js';
import type { EatenFood } from './eaten-food.js';

/** What is put into food and drunk with it, and is no food by itself. */
const ASIDE: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['SEASONING', 'WATER']);

/** Whether a food that was recorded is water, salt or the like, and low: it counts as no food, so that a glass of water makes no low day and is not praised. What is high or moderate counts whatever it is. */
export function isAside({ fodmap, category, facts }: EatenFood): boolean {
  if (fodmap !== 'LOW' || category !== undefined) return false;
  const recipe = facts?.loads?.recipe;
  const only = recipe?.length === 1 ? recipe[0] : undefined;
  return only !== undefined && ASIDE.has(only.ingredient.group);
}
