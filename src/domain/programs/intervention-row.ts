import type { LocalDate } from '../local-date.js';

/** A JSON text. */
export type JsonText = string;

/** Names of foods or of restrictions, a JSON array in the row. */
export type NameList = readonly string[];

/** Columns of `ibsafe_interventionrecord` that a program fills. What a program does not read is null: an empty list would say that there was nothing. */
export interface InterventionRow {
  readonly gubun: string;
  readonly recordDate: LocalDate;
  readonly targetDate: LocalDate;
  /** IBSafe's column takes no null: empty for a program that says nothing of diet. */
  readonly dietEvaluation: string;
  readonly dietTarget: {
    readonly Breakfast: NameList;
    readonly Lunch: NameList;
    readonly Dinner: NameList;
    readonly Summary: string;
  } | null;
  readonly inputFodmapCount: Readonly<Record<string, number>> | null;
  readonly sleepEvaluation: string | null;
  /** Hours. */
  readonly sleepTarget: number | null;
  /** IBSafe's column takes no null: empty for a program that says nothing of exercise. */
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  /** Seconds. */
  readonly processingTime: number;
  readonly inputAllergies: NameList | null;
  readonly inputRestrictions: NameList | null;
  readonly inputRecent3days: NameList | null;
  readonly inputWeekStep: readonly number[] | null;
  readonly inputTodayDiet: NameList | null;
  /** Hours. */
  readonly inputTodaySleep: number | null;
  readonly inputUseRag: boolean;
  readonly inputOllamaModel: string;
  readonly outputs: JsonText | null;
}
