import type { introspection } from '../graphql/schema-types.d.ts';
import { addDays } from './days.js';

/** A kind of intervention, as the schema names it. */
export type ProgramName = introspection['types']['ProgramName']['enumValues'];

/** Which day's records a night of each program is about, as seen from the day it runs. A program of the schema that is missing here does not compile. */
const RECORD_DAY: Readonly<Record<ProgramName, 'DAY_BEFORE' | 'SAME_DAY'>> = { DAILY: 'DAY_BEFORE', SLEEP: 'SAME_DAY' };

/** Every program; the first is the one that is shown unless another is chosen. */
export const PROGRAMS = Object.keys(RECORD_DAY) as readonly ProgramName[];
export const FIRST_PROGRAM: ProgramName = 'DAILY';

/** What an address holds of a program: nothing for the first. */
export function programSearch(program: ProgramName): { readonly program?: ProgramName } {
  return program === FIRST_PROGRAM ? {} : { program };
}

/** Whether a text of an address is a program's name. */
export function isProgram(value: unknown): value is ProgramName {
  return PROGRAMS.some((program) => program === value);
}

/** Whether a run of `program` is about the records of its own day. */
export function isOfSameDay(program: ProgramName): boolean {
  return RECORD_DAY[program] === 'SAME_DAY';
}

/** The day of the records that a night of `program` on `day` is about. */
export function recordDateOf(program: ProgramName, day: string): string {
  return isOfSameDay(program) ? day : addDays(day, -1);
}

/** The day for which a night of `program` on the records of `recordDate` writes advice. */
export function targetDateOf(program: ProgramName, recordDate: string): string {
  return isOfSameDay(program) ? recordDate : addDays(recordDate, 1);
}
