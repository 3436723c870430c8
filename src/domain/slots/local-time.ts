import { wallTimeAt } from './wall-clock.js';

const MINUTE_MS = 60_000;

/**
 * An instant as the clocks of a zone show it, with their offset from UTC: `2026-03-29T02:00:00+01:00`. Offsets are told to the minute, which
 * every zone's has been since 1972. Throws a RangeError for an unknown zone.
 */
export function localTime(at: Date, timeZone: string): string {
  const wall = wallTimeAt(at.getTime(), timeZone);
  const minutes = Math.round((wall - at.getTime()) / MINUTE_MS);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${new Date(wall).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
