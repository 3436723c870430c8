import type { ProgramName } from '../program.js';
import { Catalogue } from './catalogue/catalogue.js';
import { MEALS, type Dish } from './catalogue/dish.js';
import type { Ingredient } from './catalogue/ingredient.js';
import type { RecipeChange } from './catalogue/recipe.js';
import { MEAL_PLAN } from './meal-plan.js';
import type { PointField } from './points/point.js';
import { DAILY_FIELDS } from './points/said-points.js';
import type { Vocabulary } from './points/vocabulary.js';
import { isSigned, type Signable } from './signed.js';

/** How many there are of something, and how many of them are signed. */
export interface Signatures {
  readonly all: number;
  readonly signed: number;
}

/** What is signed of all that advice is made of. */
export interface Review {
  readonly points: Signatures;
  /** Of both languages: a point is signed with its wordings. */
  readonly wordings: Signatures;
  readonly dishes: Signatures;
  readonly ingredients: Signatures;
}

/** Counts what is signed. */
export function reviewOf({ dishes, ingredients }: Catalogue, { points }: Vocabulary): Review {
  const wordings = points.map((point) => ({ point, count: point.wordings.ko.length + point.wordings.en.length }));
  const sum = (counted: typeof wordings): number => counted.reduce((total, { count }) => total + count, 0);
  return {
    points: signaturesOf(points),
    wordings: { all: sum(wordings), signed: sum(wordings.filter(({ point }) => isSigned(point))) },
    dishes: signaturesOf(dishes),
    ingredients: signaturesOf(ingredients),
  };
}

function signaturesOf(rows: readonly Signable[]): Signatures {
  return { all: rows.length, signed: rows.filter(isSigned).length };
}

/**
 * The same catalogue with what is signed alone: a dish must be signed, and so must all that is in it, as usually cooked and as it is offered. What is left out is not known at all: a food that was
 * eaten is then judged by no row that is not signed.
 */
export function signedCatalogue({ dishes, ingredients }: Catalogue): Catalogue {
  const signed = ingredients.filter(isSigned);
  const written = dishes
    .filter((dish) => isSigned(dish) && dish.recipe.every(({ ingredient }) => isSigned(ingredient)))
    .map((dish): Dish => ({
      ...dish,
      variants: dish.variants.filter((changes) => changes.every((change) => isSigned(broughtBy(change)))),
    }));
  return new Catalogue(written, signed);
}

/** The ingredient that a change puts into a dish, or the one that it takes less of. */
function broughtBy(change: RecipeChange): Ingredient {
  return change.change === 'INSTEAD' ? change.by : change.ingredient;
}

const FIELDS: Readonly<Record<ProgramName, readonly PointField[]>> = { daily: DAILY_FIELDS, sleep: ['SLEEP_EVALUATION'] };

/** What a program cannot do without: a sentence for each of its texts and, for a menu, a dish at each meal. Empty where advice can be made. */
export function lackingFor(program: ProgramName, catalogue: Catalogue, vocabulary: Vocabulary): string[] {
  const lacking: string[] = FIELDS[program].filter((field) => vocabulary.ofField(field).length === 0);
  if (program !== 'daily') return lacking;
  const slots = catalogue.candidates(0);
  const isServed = (meal: string): boolean => MEAL_PLAN.some((slot, at) => slot.meal === meal && (slots[at]?.length ?? 0) > 0);
  return [...lacking, ...MEALS.filter((meal) => !isServed(meal))];
}
