import { assertNever } from '../assert-never.js';
import { isAlcoholicDrink } from './alcohol.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { judgeRecipe, type JudgedRecipe } from './catalogue/judged-recipe.js';
import { isToldBeside } from './catalogue/offer-label.js';
import { matchFood } from './match-food.js';
import { restrictionsNamed } from './named-in-food.js';
import { isMealFood } from './meal-food.js';
import type { FoodBook, FoodFacts } from './patient-inputs.js';
import { quotableName } from './quotable-name.js';
import { ALLERGEN_BITS } from './restrictions.js';
import type { FodmapClass } from './catalogue/fodmap-class.js';

const FODMAP_WORDS: readonly (readonly [RegExp, FodmapClass])[] = [
  [/^(저|낮|low|green)/u, 'LOW'],
  [/^(중|보통|moderate|medium|amber)/u, 'MODERATE'],
  [/^(고|높|high|red)/u, 'HIGH'],
];

/**
 * Reads `ibsafe_food.fodmap`, a text that people fill in: 저 / 중 / 고, 저포드맵, 고FODMAP, low, High FODMAP, FODMAP 낮음 …
 * Blank, null and anything else is UNKNOWN: a guess here would be counted as knowledge.
 */
export function fodmapClassOf(text: string | null): FodmapClass {
  if (text === null) return 'UNKNOWN';
  const word = plain(text).replace(/^(fodmap|포드맵)[:=-]?/u, '');
  for (const [pattern, fodmap] of FODMAP_WORDS) if (pattern.test(word)) return fodmap;
  return 'UNKNOWN';
}

/**
 * The class that IBSafe states of a food: by `fodmap`, and where that is blank by a `fodmap_basis` that begins with a class by its whole name (저포드맵: …, High FODMAP …). Null where it
 * states none: other words of a reason are no class, for 고기 is not 고.
 */
export function statedClassOf(fodmap: string | null, basis: string | null): Exclude<FodmapClass, 'UNKNOWN'> | null {
  const word = fodmapClassOf(fodmap);
  if (word !== 'UNKNOWN') return word;
  if ((fodmap ?? '').trim() !== '') return null;
  const [, named = null] = WHOLE_NAME.exec(plain(basis ?? '')) ?? [];
  const stated = fodmapClassOf(named);
  return stated === 'UNKNOWN' ? null : stated;
}

const WHOLE_NAME = /^(저|중|고|low|moderate|high)-?(?:fodmap|포드맵)/u;

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '').toLowerCase();
}

/** Ids below it are looked up in a list: IBSafe numbers its foods from 1 on. What is above is looked up as in any map. */
const LISTED = 1_000_000;

/** A food book that is asked for eighty foods of each patient: by a list, which costs a tenth of a look-up in a map. */
export class FoodTable extends Map<number, FoodFacts> {
  /** By id; undefined for an id without a food. */
  readonly #listed: readonly (FoodFacts | undefined)[];

  constructor(foods: Iterable<readonly [id: number, facts: FoodFacts]>) {
    super(foods);
    let end = 0;
    for (const id of this.keys()) if (id >= end && id < LISTED) end = id + 1;
    this.#listed = Array.from({ length: end }, (_, id) => super.get(id));
  }

  override get(id: number): FoodFacts | undefined {
    return id >= 0 && id < this.#listed.length ? this.#listed[id] : super.get(id);
  }
}

/** A row of `ibsafe_food`, as far as advice needs it. */
export interface IbsafeFoodRow {
  readonly id: number;
  readonly foodCode: string;
  readonly foodName: string;
  /** The texts of `fodmap` and `fodmap_basis`; see `statedClassOf`. */
  readonly fodmap: string | null;
  readonly fodmapBasis: string | null;
  /** g per 100 g. */
  readonly fibreGrams: number | null;
}

/** What the catalogue knows of a food. */
interface Known {
  /** Place in `Catalogue.dishes`, -1 for an ingredient eaten as it is. */
  readonly dish: number;
  readonly servingGrams: number;
  readonly judged: JudgedRecipe;
  readonly nameEn: string;
}

/**
 * What the advice needs to know of a row: once per food, so that a user costs a look-up. Of a food that `matchFood` does not know nothing is claimed but what IBSafe states. IBSafe's own fibre
 * comes before what is computed.
 */
export function toFoodFacts(row: IbsafeFoodRow, catalogue: Catalogue): FoodFacts {
  const known = knownOf(row, catalogue);
  const judged = known?.judged ?? null;
  const category = catalogue.dishes[known?.dish ?? -1]?.category;
  const named = judged === null ? restrictionsNamed(row.foodName) : 0;
  return {
    name: row.foodName,
    quotable: quotableName(row.foodName),
    nameEn: known?.nameEn ?? '',
    stated: statedClassOf(row.fodmap, row.fodmapBasis),
    servingGrams: known?.servingGrams ?? PER,
    loads: judged,
    restrictions: judged?.knownRestrictions ?? named,
    mayHold: judged === null ? ALLERGEN_BITS & ~named : judged.restrictions & ~judged.knownRestrictions & ALLERGEN_BITS,
    fibreGrams: sensible(row.fibreGrams) ?? per100(judged, judged?.fibreGrams),
    solubleGrams: per100(judged, judged?.solubleGrams),
    isHot: judged?.hot ?? false,
    isAlcohol: isAlcoholicDrink(row.foodName),
    isMeal: isMealFood(row.foodName.normalize('NFC'), category, judged?.recipe),
    leftOut: leftOutOf(known?.dish ?? -1, catalogue),
    dish: known?.dish ?? -1,
    category,
  };
}

/** What the dish is low without, where garlic, onions and kelp alone are left out: it can stay on the table of a patient who likes it. */
function leftOutOf(dish: number, { dishes, offers }: Catalogue): number {
  const own = dishes[dish]?.offers.map((place) => offers[place]) ?? [];
  return own.find((offer) => offer?.changes.every((change) => !isToldBeside(change)) === true)?.leftOut ?? 0;
}

/** Grams that figures of a food are given for. */
const PER = 100;

function knownOf(row: IbsafeFoodRow, catalogue: Catalogue): Known | undefined {
  const matched = matchFood(row, catalogue);
  switch (matched.is) {
    case 'DISH': {
      const dish = catalogue.dishes[matched.dish];
      return dish && { dish: matched.dish, servingGrams: dish.usual.grams, judged: dish.usual, nameEn: dish.nameEn };
    }
    case 'INGREDIENT': {
      const { ingredient } = matched;
      return { dish: -1, servingGrams: PER, judged: judgeRecipe([{ ingredient, grams: PER }]), nameEn: ingredient.nameEn };
    }
    case 'UNKNOWN':
      return undefined;
    default:
      return assertNever(matched);
  }
}

/** A figure that 100 g of a food can hold; null for any other. */
function sensible(grams: number | null): number | null {
  return grams !== null && grams >= 0 && grams <= PER ? grams : null;
}

function per100(judged: JudgedRecipe | null, grams: number | null | undefined): number | null {
  return judged === null || grams === null || grams === undefined ? null : (grams * PER) / judged.grams;
}

/** A food book of IBSafe's foods. */
export function foodBookOf(rows: Iterable<IbsafeFoodRow>, catalogue: Catalogue): FoodBook {
  return new FoodTable(agreed(rows).map((row) => [row.id, toFoodFacts(row, catalogue)] as const));
}

/** Foods that a table has twice, as a view may: what its rows say otherwise is not known, and where they call it otherwise it is a food that the book does not have. */
function agreed(rows: Iterable<IbsafeFoodRow>): IbsafeFoodRow[] {
  const byId = new Map<number, IbsafeFoodRow | null>();
  for (const row of rows) {
    const kept = byId.get(row.id);
    byId.set(row.id, kept === undefined ? row : kept && bothSay(kept, row));
  }
  return [...byId.values()].filter((row) => row !== null);
}

function bothSay(one: IbsafeFoodRow, other: IbsafeFoodRow): IbsafeFoodRow | null {
  if (one.foodCode !== other.foodCode || one.foodName !== other.foodName) return null;
  const isOneClass = statedClassOf(one.fodmap, one.fodmapBasis) === statedClassOf(other.fodmap, other.fodmapBasis);
  return { ...one, ...(!isOneClass && NO_CLASS), fibreGrams: one.fibreGrams === other.fibreGrams ? one.fibreGrams : null };
}

/** Of no class, and no third row brings one: a blank would be filled by it. */
const NO_CLASS = { fodmap: '?', fodmapBasis: null };
