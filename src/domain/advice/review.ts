import type { ProgramName } from '../program.js';
import { Catalogue } from './catalogue/catalogue.js';
import { MEALS, type Dish } from './catalogue/dish.js';
import type { Ingredient } from './catalogue/ingredient.js';
import type { RecipeChange } from './catalogue/recipe.js';
import { MEAL_PLAN } from './meal-plan.js';
import type { AdviceLanguage } from './language.js';
import type { Point, PointField } from './points/point.js';
import { DAILY_FIELDS } from './points/said-points.js';
import type { Vocabulary } from './points/vocabulary.js';
import { isSigned } from './signed.js';

/** How many there are of something, and how many of them are signed. */
export interface Signatures {
  readonly all: number;
  readonly signed: number;
}

/** What is signed of all that advice is made of. */
export interface Review {
  readonly points: Signatures;
  /** Of both languages. */
  readonly wordings: Signatures;
  readonly dishes: Signatures;
  readonly ingredients: Signatures;
}

/** Whether rows of each kind are signed: in their files, or in the log of what is shown of them now. */
export interface SignedRows {
  readonly point: (point: Point) => boolean;
  /** A point that is signed in its file is so with all its wordings. */
  readonly wording: (point: Point, language: AdviceLanguage, wording: number) => boolean;
  readonly dish: (dish: Dish) => boolean;
  readonly ingredient: (ingredient: Ingredient) => boolean;
}

/** What the files alone say. */
const SIGNED_IN_FILES: SignedRows = { point: isSigned, wording: isSigned, dish: isSigned, ingredient: isSigned };

/** Counts what is signed. */
export function reviewOf({ dishes, ingredients }: Catalogue, { points }: Vocabulary, signed: SignedRows = SIGNED_IN_FILES): Review {
  const wordings = points.flatMap((point) =>
    LANGUAGES.flatMap((language) => point.wordings[language].map((_, at) => signed.wording(point, language, at))),
  );
  return {
    points: signaturesOf(points, signed.point),
    wordings: signaturesOf(wordings, (isOne) => isOne),
    dishes: signaturesOf(dishes, signed.dish),
    ingredients: signaturesOf(ingredients, signed.ingredient),
  };
}

const LANGUAGES = ['ko', 'en'] as const;

function signaturesOf<Row>(rows: readonly Row[], isSignedRow: (row: Row) => boolean): Signatures {
  return { all: rows.length, signed: rows.filter((row) => isSignedRow(row)).length };
}

/**
 * The same catalogue with what is signed alone: a dish must be signed, and so must all that is in it, as usually cooked and as it is offered. What is left out is not known at all: a food that was
 * eaten is then judged by no row that is not signed.
 */
export function signedCatalogue({ dishes, ingredients }: Catalogue, signed: SignedRows = SIGNED_IN_FILES): Catalogue {
  const written = dishes
    .filter((dish) => signed.dish(dish) && dish.recipe.every(({ ingredient }) => signed.ingredient(ingredient)))
    .map((dish): Dish => ({
      ...dish,
      variants: dish.variants.filter((changes) => changes.every((change) => signed.ingredient(broughtBy(change)))),
    }));
  return new Catalogue(
    written,
    ingredients.filter((ingredient) => signed.ingredient(ingredient)),
  );
}

/**
 * The same vocabulary with what is signed alone, of advice in a language: a point must be signed, and one of its wordings in that language. Wordings that are not have no turn, and the others keep their
 * numbers, by which rows name them. A warning that is not signed is silenced: patients of whom it is true get no advice (`silencedPoint`).
 */
export function signedVocabulary(vocabulary: Vocabulary, language: AdviceLanguage, signed: SignedRows = SIGNED_IN_FILES): Vocabulary {
  const { points, version } = vocabulary;
  return vocabulary.keeping(
    points.flatMap((point) => signedPoint(point, language, signed)),
    `${version}${REVIEWED}`,
  );
}

/** Ends the version of a vocabulary of which unsigned points were taken away. */
const REVIEWED = '+reviewed';

function signedPoint(point: Point, language: AdviceLanguage, signed: SignedRows): Point[] {
  if (!signed.point(point)) return [];
  const silentIn = (of: AdviceLanguage): ReadonlySet<number> => {
    const unsigned = [...point.wordings[of].keys()].filter((at) => !signed.wording(point, of, at));
    // Of a language in which no advice is written nothing has a turn, whatever this says.
    return new Set(of !== language && unsigned.length === point.wordings[of].length ? [] : unsigned);
  };
  const silent = { ko: silentIn('ko'), en: silentIn('en') };
  if (silent[language].size === point.wordings[language].length) return [];
  return silent.ko.size + silent.en.size === 0 ? [point] : [{ ...point, silent }];
}

/** The ingredient that a change puts into a dish, or the one that it takes less of. */
function broughtBy(change: RecipeChange): Ingredient {
  return change.change === 'INSTEAD' ? change.by : change.ingredient;
}

/** The texts that advice of a program has: none of them may be empty. */
export const FIELDS_OF: Readonly<Record<ProgramName, readonly PointField[]>> = { daily: DAILY_FIELDS, sleep: ['SLEEP_EVALUATION'] };

/** What a program cannot do without: a sentence for each of its texts and, for a menu, a dish at each meal. Empty where advice can be made. */
export function lackingFor(program: ProgramName, catalogue: Catalogue, vocabulary: Vocabulary): string[] {
  const lacking: string[] = FIELDS_OF[program].filter((field) => vocabulary.ofField(field).length === 0);
  if (program !== 'daily') return lacking;
  const slots = catalogue.candidates(0);
  const isServed = (meal: string): boolean => MEAL_PLAN.some((slot, at) => slot.meal === meal && (slots[at]?.length ?? 0) > 0);
  return [...lacking, ...MEALS.filter((meal) => !isServed(meal))];
}
