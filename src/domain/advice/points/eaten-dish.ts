import type { FodmapClass } from '../catalogue/fodmap-class.js';
import { fodmapClassAt } from '../catalogue/judged-recipe.js';
import { isBowlSoup, roleOf, type DishRole, type isVegetableDish } from '../catalogue/dish-kinds.js';
import { isFibreFrom, weighed } from '../day-figures.js';
import type { EatenFood } from '../eaten-food.js';

// What a food of the record date is as a dish of ours; undefined where it is none, or where that is not known.

/** Grams of one usual serving of a dish of ours. */
export function servingOf(eaten: EatenFood | null): number | undefined {
  return eaten?.category === undefined ? undefined : eaten.facts?.servingGrams;
}

/** Its class at one usual serving. */
export function servingClassOf(eaten: EatenFood | null): FodmapClass | undefined {
  const loads = eaten?.category === undefined ? undefined : eaten.facts?.loads;
  return loads ? fodmapClassAt(loads, 1) : undefined;
}

/** Whether it is a dish of ours of a kind. */
export function isDishThat(is: typeof isVegetableDish, eaten: EatenFood | null): boolean | undefined {
  const loads = eaten?.category === undefined ? undefined : eaten.facts?.loads;
  return loads ? is({ judged: loads }) : undefined;
}

/** Whether it is a soup that is eaten in place of rice. */
export function isBowl(eaten: EatenFood | null): boolean | undefined {
  const { facts, category } = eaten ?? {};
  return category === undefined || !facts?.loads ? undefined : isBowlSoup({ category, recipe: facts.loads.recipe });
}

/** What it is to a meal. */
export function roleOfEaten(eaten: EatenFood | null): DishRole | undefined {
  const { facts, category } = eaten ?? {};
  return category === undefined || !facts?.loads ? undefined : roleOf({ category, recipe: facts.loads.recipe });
}

/** Whether what was eaten brings fibre. @param least grams of fibre in 100 g */
export function bringsFibre(eaten: EatenFood | null, least: number): boolean | undefined {
  const density = eaten?.facts?.fibreGrams;
  return eaten === null || density === null || density === undefined ? undefined : isFibreFrom(weighed(eaten), density, least);
}
