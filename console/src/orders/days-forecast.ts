import { addDays } from '../parts/days.js';

/** What one day would come to. */
export interface DayForecast {
  readonly users: number;
  readonly eligible: number;
  readonly seconds: number | null;
  readonly costUsd: number;
}

/** What several days would come to together. */
export interface DaysForecast {
  readonly days: number;
  /** Advice that would be written, over all days. */
  readonly eligible: number;
  /** Null where the time of a day with something to write is not known. */
  readonly seconds: number | null;
  readonly costUsd: number;
}

/** Days that one backfill takes at most, as the service says. */
export const MAX_DAYS = 400;

/** How many days there are from one to another, both included; 0 where the last is before the first. */
export function countDays(from: string, to: string): number {
  return from === '' || to === '' ? 0 : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1);
}

/** The days from one to another, both included. */
export function daysFrom(from: string, to: string): readonly string[] {
  return Array.from({ length: countDays(from, to) }, (_, at) => addDays(from, at));
}

/** The forecasts of all days as one: each day has patients, time and cost of its own. */
export function summed(days: readonly DayForecast[]): DaysForecast {
  const ofSome = days.filter(({ eligible }) => eligible > 0);
  const sum = (of: (day: DayForecast) => number): number => ofSome.reduce((total, day) => total + of(day), 0);
  return {
    days: days.length,
    eligible: sum(({ eligible }) => eligible),
    seconds: ofSome.some(({ seconds }) => seconds === null) ? null : sum(({ seconds }) => seconds ?? 0),
    costUsd: sum(({ costUsd }) => costUsd),
  };
}
