import type { Allergen } from '../restrictions.js';

/** The short-chain carbohydrates that FODMAP stands for. Source: Monash University, the low FODMAP diet. */
export const FODMAP_KINDS = ['FRUCTAN', 'GOS', 'LACTOSE', 'FRUCTOSE', 'POLYOL'] as const;
export type FodmapKind = (typeof FODMAP_KINDS)[number];

/** Up to how many grams of an ingredient its share of one kind is low, and from how many it is high. `low` is above 0 and at most `high`. */
export interface KindServing {
  readonly low: number;
  readonly high: number;
  /** Whether no source says that `high` is high: more than `low` is offered to no patient, and what was eaten is moderate by it at most. */
  readonly isHighAssumed?: true;
}

/** What is known of one kind in an ingredient: that there is none, that no figure was read, or the servings. */
export type KindFigure = 'NONE' | 'UNKNOWN' | KindServing;

/** What an ingredient is; by it a dish is known to hold a staple, a protein or vegetables. */
export const FOOD_GROUPS = [
  'GRAIN',
  'STARCHY',
  'VEGETABLE',
  'MUSHROOM',
  'SEAWEED',
  'FRUIT',
  'SOYFOOD',
  'LEGUME',
  'MEAT',
  'FISH',
  'EGG',
  'DAIRY',
  'NUT',
  'FAT',
  'SEASONING',
  'WATER',
  'DRINK',
] as const;
export type FoodGroup = (typeof FOOD_GROUPS)[number];

/** Words that keep their capital inside a sentence. */
const PROPER = /^(?:Korean|Spanish|Swiss) /u;

/** An English name as it stands inside a sentence: `soy sauce`. */
export function insideSentence(nameEn: string): string {
  return PROPER.test(nameEn) ? nameEn : nameEn.charAt(0).toLowerCase() + nameEn.slice(1);
}

/** An ingredient of recipes. Figures are per 100 g in the state in which recipes weigh it; null where no source was read. */
export interface Ingredient {
  /** Unique, in kebab-case. */
  readonly id: string;
  readonly nameKo: string;
  readonly nameEn: string;
  /** Other Korean names that IBSafe's table may have for it. */
  readonly aliases: readonly string[];
  readonly group: FoodGroup;
  /** Those that a source tells. */
  readonly allergens: readonly Allergen[];
  /** Whether it may hold others that no source tells: it is offered to no patient who avoids any. */
  readonly mayHoldMore: boolean;
  readonly fodmaps: Readonly<Record<FodmapKind, KindFigure>>;
  readonly fibreGrams: number | null;
  readonly solubleGrams: number | null;
  readonly insolubleGrams: number | null;
  readonly fatGrams: number | null;
  readonly energyKcal: number | null;
  /** mg. */
  readonly sodiumMg: number | null;
  /** Ids in `data/sources.csv` of where its figures are from; empty where no source was read. */
  readonly sources: { readonly allergens: string; readonly fodmap: string; readonly nutrients: string; readonly sodium: string };
  /** Hot by chilli, pepper or the like. */
  readonly hot: boolean;
  /** The row's signature, name and day; empty while it is not signed. */
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}
