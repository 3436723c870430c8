import { addDays, type LocalDate } from './local-date.js';
import type { SkipReason } from './outcome.js';

/** The kinds of intervention there are. */
export const PROGRAMS = ['daily', 'sleep'] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** A kind of intervention as data: which records it requires and which day its advice is for. */
export interface Program {
  readonly name: ProgramName;
  /** IBSafe's word for it in `ibsafe_interventionrecord.gubun`. */
  readonly gubun: 'all' | 'sleep';
  readonly requires: readonly Extract<SkipReason, `MISSING_${string}`>[];
  readonly targetDate: (recordDate: LocalDate) => LocalDate;
}

/** Diet and exercise advice for the day after the record date (IBSAFE.md, 2). */
export const DAILY: Program = {
  name: 'daily',
  gubun: 'all',
  requires: ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD'],
  targetDate: (recordDate) => addDays(recordDate, 1),
};
