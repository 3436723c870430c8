import { assertNever } from '../assert-never.js';

/** How often a schedule comes due. */
export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'CRON'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** When a schedule comes due, on the wall clock of its time zone. Fields that a frequency does not use are kept, not read. */
export interface Cadence {
  readonly frequency: Frequency;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
  /** For WEEKLY: 0 (Sunday) to 6 (Saturday). */
  readonly dayOfWeek: number;
  /** For MONTHLY: 1 to 31; in a month without that day, its last day. */
  readonly dayOfMonth: number;
  /** For CRON: five fields, `minute hour day-of-month month day-of-week`; null for another frequency. */
  readonly cron: string | null;
  /** IANA name, such as `Asia/Seoul`. */
  readonly timeZone: string;
}

/** The shortest month has this many days: up to here a day of the month needs no rule for short months. */
export const DAYS_IN_EVERY_MONTH = 28;

/**
 * The five cron fields of a cadence, for people, for IBSafe's clients and as the job store's bell. They say exactly when the cadence is due,
 * but for MONTHLY on the 29th or 30th: cron has no word for "or the last day", so the text names every day that can be meant.
 * Throws a TypeError for CRON without a text: parsing lets no such cadence through.
 */
export function cronTextOf(cadence: Cadence): string {
  const time = `${cadence.minute} ${cadence.hour}`;
  switch (cadence.frequency) {
    case 'DAILY':
      return `${time} * * *`;
    case 'WEEKLY':
      return `${time} * * ${cadence.dayOfWeek}`;
    case 'MONTHLY':
      return `${time} ${monthDays(cadence.dayOfMonth)} * *`;
    case 'CRON':
      if (cadence.cron === null) throw new TypeError('a CRON cadence carries its cron text, found null');
      return cadence.cron;
    default:
      return assertNever(cadence.frequency);
  }
}

function monthDays(dayOfMonth: number): string {
  if (dayOfMonth <= DAYS_IN_EVERY_MONTH) return String(dayOfMonth);
  return dayOfMonth === 31 ? 'L' : `${DAYS_IN_EVERY_MONTH}-${dayOfMonth}`;
}
