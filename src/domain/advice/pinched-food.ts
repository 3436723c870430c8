import type { FodmapClass } from './catalogue/fodmap-class.js';
import type { FoodGroup } from './catalogue/ingredient.js';
import { fodmapClassAt, type JudgedRecipe } from './catalogue/judged-recipe.js';
import type { FoodFacts } from './patient-inputs.js';

/** What is had by the spoon: without an amount it may have been one or a bowl, and 100 g, as which such a record counts, is high of much that a spoon of is low. */
const PINCHED: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['SEASONING', 'NUT', 'FAT', 'SEAWEED']);

/** Whether a food is one of these, and no dish. */
export function isPinched({ dish, loads }: FoodFacts): boolean {
  const [part, ...more] = loads?.recipe ?? [];
  return dish < 0 && part !== undefined && more.length === 0 && PINCHED.has(part.ingredient.group);
}

/** The class of so much and of any less of it: low, or not known. */
export function pinchClassAt(loads: JudgedRecipe, servings: number): FodmapClass {
  return fodmapClassAt(loads, servings) === 'LOW' ? 'LOW' : 'UNKNOWN';
}
