import { serviceNow } from '../graphql/clock.js';

/** Today in a zone by the service's clock, or the day some days from it, as `YYYY-MM-DD`. */
export function dayIn(zone: string, days = 0, now = serviceNow()): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  return addDays(today, days);
}

/** A calendar day some days later (or earlier). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** No page asks for an earlier day: the service takes none of before 1900, which a year is while it is being typed. */
export const FIRST_DAY = '1901-01-01';

/** A calendar day as an address holds it; undefined for anything else, such as a 31st of February. */
export function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value) ? value : undefined;
}
