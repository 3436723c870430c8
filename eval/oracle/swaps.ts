import type { Dish } from './pantry.js';
import { fitTogether, type Plate } from './plate.js';
import type { Told } from './told.js';
import { MEALS } from './words.js';

/** Dishes that are set together: a staple, a soup, a protein and a vegetable dish at most. */
const SIZES = [1, 2, 3, 4];

/** What the summary calls a kind: one is swapped for another of it. Noodles are a bowl in place of the whole table. */
const KIND: Readonly<Record<string, string>> = {
  RICE: 'staple',
  PORRIDGE: 'staple',
  SOUP_STEW: 'soup',
  SIDE_DISH: 'dish',
  PROTEIN_MAIN: 'dish',
};

/**
 * Meals of which a dish cannot be swapped for one that stands behind without more than is low: the first dishes are set together, as many as they may be, and every other one is eaten in place of each of
 * its kind in turn, or with all of them where none is of its kind.
 */
export function swapFaults(dishes: readonly Told[]): string[] {
  return MEALS.flatMap((meal) => {
    const own = dishes.filter((each) => each.meal === meal);
    const sizes = tableSizes(dishes, meal).filter((size) => size > 0);
    const set = sizes.map((size) => own.slice(0, size));
    const faults = set.map((first) => own.slice(first.length).filter((other) => !canBeSwappedIn(other, first)));
    const fewest = faults.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return fewest.map(({ served }) => `STACKS_IF_SWAPPED ${meal} ${served?.dish.code}`);
  });
}

function isATable(first: readonly Told[]): boolean {
  const once = (kind: string): boolean => first.filter((each) => kindOf(each) === kind).length <= 1;
  return fitTogether(platesOf(first)) && once('staple') && once('soup') && !first.some((each) => kindOf(each) === 'besides');
}

function canBeSwappedIn(other: Told, first: readonly Told[]): boolean {
  if (other.served?.dish.category === 'NOODLE' || isOfBowl(other)) return true;
  const kind = kindOf(other);
  const own = first.filter((each) => kindOf(each) === kind);
  const without = own.length === 0 ? [undefined] : own;
  return without.every((gone) => fitTogether(platesOf([...first.filter((each) => each !== gone), other])));
}

/** How many of a meal's first dishes can be the meal that is set; 0 where it has none. */
export function tableSizes(dishes: readonly Told[], meal: string): readonly number[] {
  const own = dishes.filter((each) => each.meal === meal);
  const sizes = SIZES.filter((count) => count <= own.length && isATable(own.slice(0, count)));
  return sizes.length === 0 ? [0] : sizes;
}

/** A soup of so much grain is a staple. */
export function isBowl({ category, recipe }: Pick<Dish, 'category' | 'recipe'>): boolean {
  const grain = recipe.filter(({ of }) => of.group === 'GRAIN');
  return category === 'SOUP_STEW' && grain.reduce((sum, { grams }) => sum + grams, 0) >= 100;
}

function isOfBowl({ served }: Told): boolean {
  return served !== undefined && isBowl(served.dish);
}

function kindOf(told: Told): string {
  const category = told.served?.dish.category ?? '';
  return category === 'NOODLE' || isOfBowl(told) ? 'staple' : (KIND[category] ?? 'besides');
}

function platesOf(told: readonly Told[]): Plate[] {
  return told.flatMap(({ served }) => served?.plate ?? []);
}

/** Plain snacks and drinks: by the group of the one thing that they are made of. */
const PLAIN: Readonly<Record<string, string>> = { GRAIN: 'BREAD', DAIRY: 'DAIRY', NUT: 'NUT', STARCHY: 'STARCHY' };

/** What can stand for what: bread for rice cake, milk for soy milk, and nothing for a snack that is cooked of several things but its like. */
export function roleOf({ category, recipe }: Pick<Dish, 'category' | 'recipe'>): string {
  const groups = new Set(recipe.map(({ of }) => of.group).filter((group) => group !== 'WATER'));
  if (category === 'DRINK') return groups.has('DAIRY') || groups.has('SOYFOOD') ? 'MILK_DRINK' : 'TEA';
  const [only = ''] = groups;
  return category === 'SNACK' && groups.size === 1 ? (PLAIN[only] ?? category) : category;
}

/** Whether a dish is eaten with its broth: a soup, or noodles in water or stock. */
export function isWithBroth({ dish, plate }: Pick<NonNullable<Told['served']>, 'dish' | 'plate'>): boolean {
  const wet = plate.parts.filter(({ of }) => /^water$|-stock$/u.test(of.id)).reduce((sum, { grams }) => sum + grams, 0);
  return dish.category === 'SOUP_STEW' || (dish.category === 'NOODLE' && wet >= 100);
}
