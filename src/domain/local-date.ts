import { RecentlyUsed } from './recently-used.js';

/** A calendar day without a time zone, written `YYYY-MM-DD`, years 1900 to 9999. */
export type LocalDate = string & { readonly __localDate: true };

const DAY_MS = 86_400_000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;

/** Parses `YYYY-MM-DD`; undefined for another form or a day that is not in the calendar (2026-02-30). */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!FORM.test(text)) return undefined;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return year >= FIRST_YEAR && day >= 1 && day <= daysOf(year, month) ? (text as LocalDate) : undefined;
}

const FIRST_YEAR = 1900;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LEAP_MONTH = 2;

/** How many days a month has, 1 to 12; none where there is no such month. By figures: days are read by the thousand, and by way of a Date one takes five times as long. */
function daysOf(year: number, month: number): number {
  const isLeap = month === LEAP_MONTH && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month - 1] ?? 0) + (isLeap ? 1 : 0);
}

/** Like `parseLocalDate`, for text that is known to be a day. Throws a RangeError otherwise. */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === undefined)
    throw new RangeError(`a date is written YYYY-MM-DD and in the calendar, found ${JSON.stringify(text.slice(0, 30))}`);
  return date;
}

/** The first and the last day that there are here. */
const [FIRST_DAY, LAST_DAY] = [Date.UTC(FIRST_YEAR, 0, 1), Date.UTC(9999, 11, 31)];

/** The day `days` after (or, negative, before) a day. Beyond the ends of the calendar it is the end: what comes of a day is always one. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const at = Math.min(LAST_DAY, Math.max(FIRST_DAY, Date.parse(`${date}T00:00:00Z`) + days * DAY_MS));
  return new Date(at).toISOString().slice(0, 10) as LocalDate;
}

/** Whole days from one day to another; negative when `to` is the earlier one. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The formatters of the zones that were asked for last: some 0.1 MB each. */
const formatters = new RecentlyUsed(
  64,
  (timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
);

/** The calendar day at an instant in an IANA time zone. Throws a RangeError for an unknown zone. */
export function dateInZone(at: Date, timeZone: string): LocalDate {
  return localDate(formatters.get(timeZone.toLowerCase()).format(at));
}
