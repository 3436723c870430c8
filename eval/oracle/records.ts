import type { Avoided } from './words.js';

/** A row of IBSafe's food table, as it stands. */
export interface FoodRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly fodmap: string | null;
  readonly basis: string | null;
  /** g per 100 g. */
  readonly fibre: number | null;
}

/** A row of the food records. */
export interface EatenRow {
  readonly foodId: number;
  /** 0 is the record date. */
  readonly daysAgo: number;
  readonly meal: string;
  /** g. */
  readonly amount: number | null;
}

/** A figure of one day. */
export interface DayRow {
  readonly daysAgo: number;
  readonly value: number;
}

/** What the profile says besides allergies. */
export interface Profile {
  readonly hasBreakfast: boolean;
  readonly hasLunch: boolean;
  readonly hasDinner: boolean;
  readonly water: number | null;
  readonly birthDate: string | null;
  /** cm and kg, as they stand; null or absent where nothing stands there. */
  readonly height?: number | null;
  readonly weight?: number | null;
  /** Free text. */
  readonly preference: string | null;
}

/** The records of one patient for one record date, as they lie in IBSafe's tables. */
export interface PatientRecords {
  readonly userId: number;
  /** yyyy-mm-dd */
  readonly recordDate: string;
  readonly avoids: ReadonlySet<Avoided>;
  /** Those of them that upset the gut, and are no allergy. */
  readonly upsets?: ReadonlySet<Avoided>;
  /** Of the record date and the two days before. */
  readonly eaten: readonly EatenRow[];
  /** Of the record date and the six days before. */
  readonly steps: readonly DayRow[];
  readonly sleep: readonly DayRow[];
  /** Null where it was not read: nothing may be said of it. */
  readonly profile: Profile | null;
  /** Step goals of earlier rows, by days before the record date. */
  readonly goals: readonly DayRow[];
  /** Days of advice before this one whose counts had a low food and no high one; null where they were not counted. */
  readonly lowDays: number | null;
}

/** IBSafe's foods by id. */
export type Foods = ReadonlyMap<number, FoodRow>;

/** A row of `ibsafe_interventionrecord`, as far as a patient reads it. */
export interface SavedRow {
  readonly gubun: string;
  readonly dietEvaluation: string;
  readonly dietTarget: (Readonly<Record<'Breakfast' | 'Lunch' | 'Dinner', readonly string[]>> & { readonly Summary: string }) | null;
  readonly fodmapCount: Readonly<Record<string, number>> | null;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
  /** `RULE`, or the name of a model. */
  readonly model: string | null;
  readonly outputs: unknown;
}

/** Whether a row was made with the vocabulary: one that was written before it holds free text, and is told apart instead of judged. */
export function isOfVocabulary({ outputs }: SavedRow): boolean {
  return typeof outputs === 'object' && outputs !== null && 'vocabulary' in outputs;
}
