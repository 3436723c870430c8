import { GENERATORS } from '../outcome.js';
import { PROGRAMS } from '../program.js';
import { normalCron } from '../slots/cron-problem.js';
import { FREQUENCIES } from './cadence.js';
import { NAME_LENGTH, operatorText } from '../operator-text.js';
import { timeOfDay } from './ready-by.js';
import { CATCH_UP_POLICIES, type CatchUp, OVERLAP_POLICIES, type ScheduleSettings } from './schedule-settings.js';
import { timeZoneName } from './time-zone.js';

/** How one field is read: undefined for a value that is not what `expected` says. */
export interface FieldRule<T> {
  readonly expected: string;
  readonly read: (value: unknown) => T | undefined;
  /** Whether null is a value of its own; for other fields it means "not given". */
  readonly nullable?: true;
}

/** The fields of `ScheduleSettings` that stand alone, in the order in which problems are told. */
export const FIELD_RULES: { readonly [Field in keyof Required<Omit<ScheduleSettings, 'catchUp'>>]: FieldRule<ScheduleSettings[Field]> } = {
  name: { expected: `1 to ${NAME_LENGTH} characters on one line`, read: (value) => operatorText(value, NAME_LENGTH) },
  frequency: oneOf(FREQUENCIES),
  hour: wholeNumber(0, 23),
  minute: wholeNumber(0, 59),
  dayOfWeek: wholeNumber(0, 6, ' (0 is Sunday)'),
  dayOfMonth: wholeNumber(1, 31),
  cron: orNull({ expected: 'five cron fields as text', read: (value) => (typeof value === 'string' ? normalCron(value) : undefined) }),
  timeZone: { expected: 'an IANA time zone such as Asia/Seoul', read: timeZoneName },
  active: { expected: 'true or false', read: (value) => (typeof value === 'boolean' ? value : undefined) },
  program: oneOf(PROGRAMS),
  generator: orNull(oneOf(GENERATORS)),
  overlap: oneOf(OVERLAP_POLICIES),
  readyBy: orNull({ expected: 'a time of day such as 09:30, or none', read: (value) => (value === undefined ? null : timeOfDay(value)) }),
};

/** The fields of `catchUp`, told as `catchUp.policy` and `catchUp.windowHours`. */
export const CATCH_UP_RULES: { readonly [Field in keyof CatchUp]: FieldRule<CatchUp[Field]> } = {
  policy: oneOf(CATCH_UP_POLICIES),
  windowHours: wholeNumber(1, 720),
};

function oneOf<T extends string>(words: readonly T[]): FieldRule<T> {
  return { expected: `one of ${words.join(', ')}`, read: (value) => words.find((word) => word === value) };
}

function orNull<T>({ expected, read }: FieldRule<T>): FieldRule<T | null> {
  return { expected, nullable: true, read: (value) => (value === null ? null : read(value)) };
}

/** A text of digits is no number: the original let string hours through and crashed on them later. */
function wholeNumber(least: number, most: number, remark = ''): FieldRule<number> {
  const isIn = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return { expected: `a whole number from ${least} to ${most}${remark}`, read: (value) => (isIn(value) ? value : undefined) };
}
