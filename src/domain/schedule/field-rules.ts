import { GENERATORS } from '../outcome.js';
import { PROGRAMS } from '../program.js';
import { normalCron } from '../slots/cron-problem.js';
import type { Told } from '../said.js';
import { FREQUENCIES } from './cadence.js';
import { expecting } from './expectations.js';
import { NAME_LENGTH, operatorText } from '../operator-text.js';
import { timeOfDay } from './ready-by.js';
import { CATCH_UP_POLICIES, type CatchUp, OVERLAP_POLICIES, type ScheduleSettings } from './schedule-settings.js';
import { timeZoneName } from './time-zone.js';

/** How one field is read: undefined for a value that is not what `expected` says. */
export interface FieldRule<T> {
  readonly expected: Told;
  readonly read: (value: unknown) => T | undefined;
  /** Whether null is a value of its own; for other fields it means "not given". */
  readonly nullable?: true;
}

/** The fields of `ScheduleSettings` that stand alone, in the order in which problems are told. */
export const FIELD_RULES: { readonly [Field in keyof Required<Omit<ScheduleSettings, 'catchUp'>>]: FieldRule<ScheduleSettings[Field]> } = {
  name: { expected: expecting('CHARACTERS', { most: NAME_LENGTH }), read: (value) => operatorText(value, NAME_LENGTH) },
  frequency: oneOf(FREQUENCIES),
  hour: wholeNumber(0, 23),
  minute: wholeNumber(0, 59),
  dayOfWeek: wholeNumber(0, 6, 'DAY_OF_WEEK'),
  dayOfMonth: wholeNumber(1, 31),
  cron: orNull({ expected: expecting('CRON_TEXT'), read: (value) => (typeof value === 'string' ? normalCron(value) : undefined) }),
  timeZone: { expected: expecting('TIME_ZONE'), read: timeZoneName },
  active: { expected: expecting('TRUE_OR_FALSE'), read: (value) => (typeof value === 'boolean' ? value : undefined) },
  program: oneOf(PROGRAMS),
  generator: orNull(oneOf(GENERATORS)),
  overlap: oneOf(OVERLAP_POLICIES),
  readyBy: orNull({ expected: expecting('TIME_OF_DAY'), read: (value) => (value === undefined ? null : timeOfDay(value)) }),
};

/** The fields of `catchUp`, told as `catchUp.policy` and `catchUp.windowHours`. */
export const CATCH_UP_RULES: { readonly [Field in keyof CatchUp]: FieldRule<CatchUp[Field]> } = {
  policy: oneOf(CATCH_UP_POLICIES),
  windowHours: wholeNumber(1, 720),
};

function oneOf<T extends string>(words: readonly T[]): FieldRule<T> {
  return { expected: expecting('ONE_OF', { words }), read: (value) => words.find((word) => word === value) };
}

function orNull<T>({ expected, read }: FieldRule<T>): FieldRule<T | null> {
  return { expected, nullable: true, read: (value) => (value === null ? null : read(value)) };
}

/** A text of digits is no number: the original let string hours through and crashed on them later. */
function wholeNumber(least: number, most: number, code: 'WHOLE_NUMBER' | 'DAY_OF_WEEK' = 'WHOLE_NUMBER'): FieldRule<number> {
  const isIn = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return { expected: expecting(code, { least, most }), read: (value) => (isIn(value) ? value : undefined) };
}
