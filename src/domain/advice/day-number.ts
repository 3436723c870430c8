import { daysBetween, type LocalDate } from '../local-date.js';

const FIRST = '1970-01-01' as LocalDate;

/** A cache of one. */
let last = { date: FIRST, day: 0 };

/** Days since 1970-01-01, negative before it. A chunk has one record date: its number is worked out once. */
export function dayNumber(date: LocalDate): number {
  if (last.date !== date) last = { date, day: daysBetween(FIRST, date) };
  return last.day;
}
