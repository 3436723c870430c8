import { isAdvice } from './advice-sql.js';
import { believedDate, believedFigure, believedJson, believedText, believedTime, isDay, isUnreadableJson } from './believed.js';

/** A row of `ibsafe_interventionrecord` as it is shown, whatever is in it: what cannot be read is null. */
export interface ShownAdvice {
  /** In digits: it may be above what a number of JavaScript holds. */
  readonly id: string;
  readonly userId: number;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  readonly targetDate: string | null;
  readonly gubun: string;
  readonly dietEvaluation: string;
  readonly dietTarget: unknown;
  readonly inputFodmapCount: unknown;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly inputAllergies: unknown;
  readonly inputRestrictions: unknown;
  readonly inputWeekStep: unknown;
  readonly inputTodayDiet: unknown;
  readonly model: string | null;
  readonly isAdvice: boolean;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}

/** A row before its instants are dates. */
export type ShownColumns = Omit<ShownAdvice, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
};

const JSON_COLUMNS = [
  'diet_target',
  'input_fodmap_count',
  'input_allergies',
  'input_restrictions',
  'input_week_step',
  'input_today_diet',
  'outputs',
];

/** The condition that a row `i` is shown: its key is a person and a day that there is. */
export const IS_SHOWN = `(i.user_id is not null and ${isDay('i.record_date')})`;

/** The condition that a row `i`, which is shown, has a field that is not. */
export const HAS_UNREADABLE = [
  `not coalesce(${isDay('i.target_date')}, true)`,
  ...['i.created_at', 'i.updated_at'].map((column) => `${column} is not null and ${believedTime(column)} is null`),
  `i.sleep_target is not null and ${believedFigure('i.sleep_target')} is null`,
  ...JSON_COLUMNS.map((column) => isUnreadableJson(`i.${column}`)),
]
  .map((condition) => `(${condition})`)
  .join(' or ');

/** Columns of a `ShownAdvice` out of a row `i`. Every list that shows rows of the table takes them from here. */
export const SHOWN = `i.id::text as id, i.user_id::int4 as "userId", ${believedDate('i.record_date')} as "recordDate", ${believedDate('i.target_date')} as "targetDate",
  coalesce(${believedText('i.gubun')}, '') as gubun, coalesce(${believedText('i.diet_evaluation')}, '') as "dietEvaluation", ${believedJson('i.diet_target')} as "dietTarget",
  ${believedJson('i.input_fodmap_count')} as "inputFodmapCount", ${believedText('i.sleep_evaluation')} as "sleepEvaluation", ${believedFigure('i.sleep_target')} as "sleepTarget",
  coalesce(${believedText('i.exercise_evaluation')}, '') as "exerciseEvaluation", i.exercise_target::int4 as "exerciseTarget",
  ${believedJson('i.input_allergies')} as "inputAllergies", ${believedJson('i.input_restrictions')} as "inputRestrictions",
  ${believedJson('i.input_week_step')} as "inputWeekStep", ${believedJson('i.input_today_diet')} as "inputTodayDiet", ${believedText('i.input_ollama_model')} as model,
  ${isAdvice('i')} as "isAdvice", ${believedTime('i.created_at')} as "createdAt", ${believedTime('i.updated_at')} as "updatedAt"`;

/** A row as it came of `SHOWN`. */
export function shownAdvice({ createdAt, updatedAt, ...row }: ShownColumns): ShownAdvice {
  return { ...row, createdAt: timeOf(createdAt), updatedAt: timeOf(updatedAt) };
}

function timeOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
