import { isToldOnce } from './menu.js';
import type { Dish } from './pantry.js';
import { classOf, cooked, plateOf } from './plate.js';

/** Sets of ids without which alone a serving of a dish is low, each written as a list in the order of the alphabet. */
export function lowWithout({ recipe, ways }: Dish): string[] {
  return ways.flatMap((changes) => {
    const parts = cooked(recipe, changes);
    if (changes.length === 0 || parts === null || !changes.every(isToldOnce) || classOf(plateOf(parts)) !== 'LOW') return [];
    return [changes.map(({ what }) => what.id).toSorted().join()]; // prettier-ignore
  });
}
