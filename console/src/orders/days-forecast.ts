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

/** The days from one to another, both included; none where the last is before the first. */
export function daysFrom(from: string, to: string): readonly string[] {
  const days = from === '' || to === '' ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  return Array.from({ length: Math.max(0, days) }, (_, at) => addDays(from, at));
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
