import type { LocalDate } from './local-date.js';
import type { SkipReason } from './outcome.js';
import type { MakeRules } from './programs/program-rules.js';

/** The kinds of intervention there are. */
export const PROGRAMS = ['daily', 'sleep'] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** IBSafe's word for a program in `ibsafe_interventionrecord.gubun`. */
export type Gubun = 'all' | 'sleep';

/** IBSafe's records that a program can read: a statement reads what its program names and nothing else. BIRTHDAY is that of the profile, for a program that reads no more of it. */
export type InputSource = 'BIRTHDAY' | 'PROFILE' | 'FOOD' | 'EXERCISE' | 'SLEEP';

/** What a user must have to be advised, as the reason for the skip of a user who has not. A reason is one by its name. */
export type Requirement = Extract<SkipReason, `MISSING_${string}` | 'NO_PROFILE'>;

/**
 * A kind of intervention as data and pure functions: what it reads and requires, which days it is about, and its rules. A new one is a folder
 * beside the others, its name above, and its line in `ALL_PROGRAMS`.
 */
export interface Program {
  readonly name: ProgramName;
  readonly gubun: Gubun;
  readonly reads: readonly InputSource[];
  readonly requires: readonly Requirement[];
  /** Default record date of a run, and of a slot's run: that day itself, or the day before. */
  readonly recordDay: RecordDay;
  readonly targetDate: (recordDate: LocalDate) => LocalDate;
  readonly rules: MakeRules;
}

/** A program's record date as seen from the day of its slot, or from today. */
export type RecordDay = 'SAME_DAY' | 'DAY_BEFORE';
