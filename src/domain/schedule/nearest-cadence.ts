import { readCron } from '../slots/cron.js';
import type { Cadence, Frequency } from './cadence.js';

/** A cadence in IBSafe's words: every day, every Sunday, or on the 1st of every month. */
export interface SimpleCadence {
  readonly frequency: Exclude<Frequency, 'CRON'>;
  readonly hour: number;
  readonly minute: number;
  /** Whether it says all of the cadence: when it comes due, and on which days. */
  readonly isExact: boolean;
}

const MINUTE_MS = 60_000;
/** A year that stands for all: 365 days from a Monday on. */
const YEAR = { from: Date.UTC(2001, 0, 1), until: Date.UTC(2002, 0, 1) };
/** Days a year from which on a cron is nearer to every day than to once a week, and to once a week than to once a month: the geometric means of their days. */
const NEARER = { daily: Math.sqrt(365 * 52), weekly: Math.sqrt(52 * 12) };

/** The nearest of IBSafe's three cadences to one of ours. Of a cron its first time on a due day, and as often as it has due days in a year. */
export function nearestCadence({ frequency, hour, minute, dayOfWeek, dayOfMonth, cron }: Cadence): SimpleCadence {
  if (frequency === 'CRON') return nearestToCron(cron ?? '');
  const isExact = frequency === 'DAILY' || (frequency === 'WEEKLY' ? dayOfWeek === 0 : dayOfMonth === 1);
  return { frequency, hour, minute, isExact };
}

function nearestToCron(cron: string): SimpleCadence {
  const first = new Date(readCron(cron).next(YEAR.from - MINUTE_MS) ?? YEAR.from);
  const days = dueDays(cron);
  const frequency = days >= NEARER.daily ? 'DAILY' : days >= NEARER.weekly ? 'WEEKLY' : 'MONTHLY';
  return { frequency, hour: first.getUTCHours(), minute: first.getUTCMinutes(), isExact: false };
}

/** A cache. Days of the year by what a cron says of days: a look costs some milliseconds, and the crons of a service are few. */
const known = new Map<string, number>();
const MAX_KNOWN = 1_000;

function dueDays(cron: string): number {
  const days = cron.split(' ').slice(2).join(' ');
  const found = known.get(days) ?? countDays(days);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(days, found);
  return found;
}

/** Counts days of the year by one look a day, however often the cron is due on it. */
function countDays(days: string): number {
  const midnights = readCron(`0 0 ${days}`);
  let count = 0;
  for (let at = midnights.next(YEAR.from - MINUTE_MS); at !== undefined && at < YEAR.until; at = midnights.next(at)) count += 1;
  return count;
}
