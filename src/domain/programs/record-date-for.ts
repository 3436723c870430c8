import { addDays, type LocalDate } from '../local-date.js';
import type { ProgramName } from '../program.js';
import { programOf } from './all-programs.js';

/** The record date whose advice is for a day: IBSafe's scripts were given the day of the advice. Throws a TypeError for a program whose advice is for no day nearby: a bug. */
export function recordDateFor(program: ProgramName, targetDate: LocalDate): LocalDate {
  const { targetDate: targetOf } = programOf(program);
  const found = [targetDate, addDays(targetDate, -1)].find((recordDate) => targetOf(recordDate) === targetDate);
  if (found === undefined) throw new TypeError(`advice of ${program} is for the record date or the day after it: add its shift here`);
  return found;
}
