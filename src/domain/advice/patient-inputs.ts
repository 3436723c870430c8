import type { FodmapClass } from './catalogue/fodmap-class.js';
import type { FoodCategory } from './catalogue/dish.js';
import type { JudgedRecipe } from './catalogue/judged-recipe.js';
import type { UserId } from '../ids.js';
import type { LocalDate } from '../local-date.js';

/** What one user's advice is made from: everything that the program reads, and nothing more. What it does not read is empty. */
export interface PatientInputs {
  readonly userId: UserId;
  readonly recordDate: LocalDate;
  /** Bits of `allergenBit` for every allergy, and `LACTOSE_INTOLERANCE_BIT`: each flag of the profile sets its own bit and no other. */
  readonly allergens: number;
  /** Those of them that upset the gut by the words of the profile, and are no allergy (`upsetsSaid`). Absent where no words are read. */
  readonly upsets?: number;
  /** Ids (of `ibsafe_food`) of what was eaten on the record date. */
  readonly today: readonly number[];
  /** Grams by place in `today`, 0 where no sensible amount was recorded. Absent: no amount is known, and each record counts as a serving. */
  readonly amounts?: readonly number[];
  /** Meals by place in `today`: places in `MEALS`, -1 for another word. Absent: not known. */
  readonly mealsEaten?: readonly number[];
  /** Ids of what was eaten on the record date and the two days before it. */
  readonly recent: readonly number[];
  /** Steps a day over the last 7 days, oldest first; days without a record are left out. */
  readonly steps: readonly number[];
  /** Days before the record date by place in `steps`, 6 to 0. Absent: not known which day each was. */
  readonly stepDays?: readonly number[];
  /** Minutes slept a night over the last 7 days, oldest first; days without a record are left out. Absent unless the program reads sleep. */
  readonly sleep?: readonly number[];
  /** What else the profile says. Absent unless the program reads it. */
  readonly profile?: PatientProfile;
  /** Days before the record date on which what was eaten was low in FODMAPs (`DailyAdvice.isLowDay`), as outcomes kept them; absent where they are not counted. */
  readonly lowDays?: number;
  /**
   * Step goals of the last 7 days' advice, the oldest first, by how many days its record date lies before this one, 1 to 7: each was for the day after its record date, so that of 1 was for
   * this record date. Absent where they are not read.
   */
  readonly earlierGoals?: readonly { readonly daysAgo: number; readonly goal: number }[];
}

/** What a profile says besides allergies; null where it says nothing sensible. */
export interface PatientProfile {
  /** Whether breakfast, lunch and dinner are not eaten. */
  readonly skips: readonly [breakfast: boolean, lunch: boolean, dinner: boolean];
  /** ml of water a day. */
  readonly waterMl: number | null;
  /** Whole years on the record date, 0 to 120. */
  readonly age: number | null;
  /** Bits of `PREFERENCES`: what `food_preference` says by the words that are known. */
  readonly preferences: number;
  /** Whether it speaks of a condition in which foods are not left out without being looked after (`speaksOfCare`), or tells of a low weight. */
  readonly needsCare?: boolean;
  /**
   * Whether it speaks of an eating disorder, a low weight or a lost one (`forbidsLess`), or its height and weight tell of a low one (`isUnderweight`): no word of less food or more steps is for this
   * patient.
   */
  readonly mustNotRestrict?: boolean;
  /** Conditions that it tells of and whose diet is part of their treatment: bits of `treatedDietsOf`. */
  readonly treatedDiets?: number;
  /** What it refuses in words that no preference stands for. */
  readonly refuses?: RefusedFoods | undefined;
}

/** What a free text refuses beside what flags and preferences stand for, word for word: whether a catalogue knows the words is not known here. */
export interface RefusedFoods {
  /** Words of what is not wanted or must be avoided. */
  readonly words: readonly string[];
  /** Those of them that must be avoided: an allergy, or what cannot be eaten. */
  readonly avoided: readonly string[];
  /** Those of them that are told beside a word for an allergy. */
  readonly allergic?: readonly string[];
  /** Conditions for which foods are left out (`reasonsTold`): bits of `reasonBit`. */
  readonly reasons?: number;
  /** Whether something must be avoided of which the text names nothing (`알레르기 있음`), or the text was cut off. */
  readonly isUnnamed: boolean;
  /** Whether nothing at all may be offered, whatever it is called: the diet is set by a clinic. */
  readonly isAll?: true;
  /** Whether little salt is eaten, so that no salty dish may be offered (`isSalty`). */
  readonly isLessSalt?: true;
  /** Whether little fat is eaten, so that no fatty dish may be offered (`isFatty`). */
  readonly isLessFat?: true;
  /** The same without what is refused for its fat alone: for a patient who must not eat less. Absent where fat is not borne, or nothing is refused for it. */
  readonly fuller?: RefusedFoods;
  /** Whether an allergy is told to nothing that is named anywhere, in the text or by a flag: no dish holds what bears one (decision 066). */
  readonly isAllergyUnnamed?: true;
  /** Words beside a food that bears a flag, of which it is not known whether they refuse it (`계란 양성`): unless they are foods themselves, the text is not understood. */
  readonly doubtful?: readonly string[];
  /** Bits of restrictions that these foods bear: while the text is not understood, no dish holds what bears them. */
  readonly doubtfulBits?: number;
}

/** What people prefer, as far as a fixed list of words tells it. Eight at most: a catalogue keeps a byte of them for each offer. A vegan is a vegetarian as well. */
export const PREFERENCES = ['VEGETARIAN', 'NO_PORK', 'NO_BEEF', 'NO_CHICKEN', 'NO_FISH', 'NOT_HOT', 'VEGAN', 'NO_MEAT'] as const;
export type Preference = (typeof PREFERENCES)[number];

/** What the advice needs to know of a food that a user can have recorded. */
export interface FoodFacts {
  readonly name: string;
  /** The name as a text may repeat it (`quotableName`); empty where it may not be repeated at all. */
  readonly quotable: string;
  /** The catalogue's English name of it; empty for a food that is neither a dish nor an ingredient there. */
  readonly nameEn: string;
  /** The class that IBSafe states; null where it states none. */
  readonly stated: Exclude<FodmapClass, 'UNKNOWN'> | null;
  /** Grams of the serving that `loads` speaks of; 100 for a food that is no dish of the catalogue. */
  readonly servingGrams: number;
  /** What one serving comes to; null for a food that is neither a dish nor an ingredient of the catalogue. */
  readonly loads: JudgedRecipe | null;
  /** Bits of what it holds as usually cooked; of a food that is not known what its name says (`restrictionsNamed`): no patient is told of an allergen that was guessed. */
  readonly restrictions: number;
  /** Bits of `allergenBit` of what it may hold besides, for all that is known: all others for a food of which nothing is. */
  readonly mayHold: number;
  /** g per 100 g: IBSafe's own figure, else computed; null where neither is known. */
  readonly fibreGrams: number | null;
  /** g per 100 g, computed; null where it is not known. */
  readonly solubleGrams: number | null;
  readonly isHot: boolean;
  /** Whether its name is that of a drink with alcohol. */
  readonly isAlcohol: boolean;
  /** Whether it is more than fruit, a drink, water or a seasoning: see `isMealFood`. */
  readonly isMeal: boolean;
  /** Bits of `LEFT_OUT_EVERYWHERE`: without these alone a serving of its dish is low; 0 where it is no dish, or that is not enough. */
  readonly leftOut: number;
  /** Its dish's place in the catalogue, -1 for a food that is no dish there. */
  readonly dish: number;
  /** Its dish's category; undefined for a food that is no dish there. */
  readonly category: FoodCategory | undefined;
}

/** Foods by IBSafe's id. An id that is not in it is a food IBSafe no longer knows. */
export type FoodBook = ReadonlyMap<number, FoodFacts>;
