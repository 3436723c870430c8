import type { FodmapClass } from './fodmap-class.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit, type Allergen } from '../restrictions.js';
import { FODMAP_KINDS, type FoodGroup, type Ingredient, type KindServing } from './ingredient.js';
import type { Recipe } from './recipe.js';

/** What a serving comes to, computed from its ingredients and nothing else. */
export interface JudgedRecipe {
  readonly grams: number;
  /** Bits of what must not eat this: `allergenBit` of every allergen, and `LACTOSE_INTOLERANCE_BIT` where it holds lactose. Unknown counts as present. */
  readonly restrictions: number;
  /** Those of them that are known: what a patient is told that they ate. */
  readonly knownRestrictions: number;
  /** By place in `FODMAP_KINDS`: 1 is as much as is low, and what stacks over a meal is added up. */
  readonly lowLoads: readonly number[];
  /** By place in `FODMAP_KINDS`: from 1 on the serving is high. What no source calls high adds nothing. */
  readonly highLoads: readonly number[];
  /** What was judged. */
  readonly recipe: Recipe;
  /** A bit for each place in `FODMAP_KINDS` of which some ingredient's share is not known. */
  readonly unknownKinds: number;
  readonly fodmap: FodmapClass;
  /** Grams in the serving; null where ingredients that weigh more than `NEGLIGIBLE` of it have no figure. */
  readonly fibreGrams: number | null;
  readonly solubleGrams: number | null;
  readonly insolubleGrams: number | null;
  readonly fatGrams: number | null;
  readonly energyKcal: number | null;
  readonly hot: boolean;
  /** Grams of vegetables, mushrooms and seaweed. */
  readonly vegetableGrams: number;
  /** Grams of meat, fish, egg and soy foods. */
  readonly proteinGrams: number;
}

/** The share of a serving's weight whose figures may be missing before its own are: seasonings weigh next to nothing. */
const NEGLIGIBLE = 0.05;
/** Sums of decimal figures stay this near to what they should be. */
const ROUNDING = 1e-9;

const VEGETABLES: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['VEGETABLE', 'MUSHROOM', 'SEAWEED']);
const PROTEINS: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['MEAT', 'FISH', 'EGG', 'SOYFOOD']);

/** Judges one serving. The recipe must not be empty. */
export function judgeRecipe(recipe: Recipe): JudgedRecipe {
  const lowLoads = FODMAP_KINDS.map((kind) => loadOf(recipe, (ingredient) => servingOf(ingredient, kind)?.low));
  const highLoads = FODMAP_KINDS.map((kind) => loadOf(recipe, (ingredient) => knownHighOf(servingOf(ingredient, kind))));
  const unknownKinds = recipe.reduce((bits, { ingredient }) => bits | unknownKindsOf(ingredient), 0);
  const grams = gramsOf(recipe, () => true);
  const sum = (figure: (ingredient: Ingredient) => number | null): number | null => nutrientOf(recipe, grams, figure);
  return {
    grams,
    restrictions: recipe.reduce((bits, { ingredient }) => bits | restrictionsOf(ingredient), 0),
    knownRestrictions: recipe.reduce((bits, { ingredient }) => bits | knownRestrictionsOf(ingredient), 0),
    lowLoads,
    highLoads,
    recipe,
    unknownKinds,
    fodmap: fodmapClassAt({ lowLoads, highLoads, unknownKinds }, 1),
    fibreGrams: sum(({ fibreGrams }) => fibreGrams),
    solubleGrams: sum(({ solubleGrams }) => solubleGrams),
    insolubleGrams: sum(({ insolubleGrams }) => insolubleGrams),
    fatGrams: sum(({ fatGrams }) => fatGrams),
    energyKcal: sum(({ energyKcal }) => energyKcal),
    hot: recipe.some(({ ingredient }) => ingredient.hot),
    vegetableGrams: gramsOf(recipe, ({ group }) => VEGETABLES.has(group)),
    proteinGrams: gramsOf(recipe, ({ group }) => PROTEINS.has(group)),
  };
}

/** The loads of a serving, as far as its class depends on them. */
export type FodmapLoads = Pick<JudgedRecipe, 'lowLoads' | 'highLoads' | 'unknownKinds'>;

/**
 * The class of `servings` of a food: HIGH when one kind is, else UNKNOWN when one is not known, else MODERATE when one is more than low, else LOW. What is known to be
 * high is high whatever else is in it.
 */
export function fodmapClassAt({ lowLoads, highLoads, unknownKinds }: FodmapLoads, servings: number): FodmapClass {
  let moderate = false;
  for (let kind = 0; kind < lowLoads.length; kind += 1) {
    if ((highLoads[kind] ?? 0) * servings >= 1 - ROUNDING) return 'HIGH';
    if ((lowLoads[kind] ?? 0) * servings > 1 + ROUNDING) moderate = true;
  }
  if (unknownKinds !== 0) return 'UNKNOWN';
  return moderate ? 'MODERATE' : 'LOW';
}

/** The bits of the patients that must not eat an ingredient. */
function restrictionsOf({ allergens, mayHoldMore, fodmaps }: Ingredient): number {
  return bitsOf(mayHoldMore ? ALLERGENS : allergens, fodmaps.LACTOSE !== 'NONE');
}

function knownRestrictionsOf({ allergens, fodmaps }: Ingredient): number {
  return bitsOf(allergens, typeof fodmaps.LACTOSE === 'object');
}

function bitsOf(allergens: readonly Allergen[], hasLactose: boolean): number {
  return allergens.reduce((bits, allergen) => bits | allergenBit(allergen), hasLactose ? LACTOSE_INTOLERANCE_BIT : 0);
}

function servingOf(ingredient: Ingredient, kind: (typeof FODMAP_KINDS)[number]): KindServing | undefined {
  const figure = ingredient.fodmaps[kind];
  return figure === 'NONE' || figure === 'UNKNOWN' ? undefined : figure;
}

function knownHighOf(serving: KindServing | undefined): number | undefined {
  return serving?.isHighAssumed === true ? undefined : serving?.high;
}

function loadOf(recipe: Recipe, bound: (ingredient: Ingredient) => number | undefined): number {
  return recipe.reduce((load, { ingredient, grams }) => {
    const most = bound(ingredient);
    return most === undefined ? load : load + grams / most;
  }, 0);
}

function unknownKindsOf({ fodmaps }: Ingredient): number {
  return FODMAP_KINDS.reduce((bits, kind, at) => (fodmaps[kind] === 'UNKNOWN' ? bits | (1 << at) : bits), 0);
}

function gramsOf(recipe: Recipe, counts: (ingredient: Ingredient) => boolean): number {
  return recipe.reduce((sum, { ingredient, grams }) => (counts(ingredient) ? sum + grams : sum), 0);
}

function nutrientOf(recipe: Recipe, grams: number, figure: (ingredient: Ingredient) => number | null): number | null {
  const unknown = gramsOf(recipe, (ingredient) => figure(ingredient) === null);
  if (unknown > grams * NEGLIGIBLE) return null;
  return recipe.reduce((sum, part) => sum + ((figure(part.ingredient) ?? 0) * part.grams) / 100, 0);
}
