import { offsetStretches, type Stretch } from './zone-offsets.js';

const DAY_MS = 86_400_000;
/** No zone is further than this from UTC (Kiritimati is 14 h ahead, Baker Island 12 h behind). */
const FURTHEST_MS = 16 * 3_600_000;

/** What a wall clock shows, in milliseconds: the reading taken as if it were UTC. Only the slots' files speak this language. */
export type WallTime = number;

/**
 * How an instant shows a wall time: once (`PLAIN`), as the earlier of two (`REPEATED`), not at all because the clock jumped over it (`GAP`),
 * or not at all because the zone left out that whole day (`NO_SUCH_DAY`: Pacific/Apia has no 30 December 2011).
 */
export type Reading = 'PLAIN' | 'REPEATED' | 'GAP' | 'NO_SUCH_DAY';

/** What the clocks of a zone show at an instant, both in milliseconds. */
export function wallTimeAt(at: number, timeZone: string): WallTime {
  const stretch = offsetStretches(timeZone, Math.floor(at / DAY_MS)).find(({ until }) => at < until);
  return at + (stretch?.offset ?? 0);
}

/**
 * The first instant at which the clocks of a zone show a wall time or have jumped past it: the rule for daylight saving in one sentence.
 * A repeated hour gives its first pass, a gap the instant right after it, and later wall times never give an earlier instant.
 */
export function firstInstantShowing(wall: WallTime, timeZone: string): { readonly at: number; readonly reading: Reading } {
  const stretches = stretchesAround(wall, timeZone);
  const index = stretches.findIndex(({ from, until, offset }) => Math.max(from, wall - offset) < until);
  const stretch = stretches[index];
  if (stretch === undefined)
    throw new RangeError(`${timeZone} is within 16 hours of UTC, found otherwise at ${new Date(wall).toISOString()}`);
  const at = wall - stretch.offset;
  if (at < stretch.from) return { at: stretch.from, reading: readingInGap(wall, stretch, stretches[index - 1] ?? stretch) };
  const again = stretches.slice(index + 1).some(({ from, until, offset }) => wall - offset >= from && wall - offset < until);
  return { at, reading: again ? 'REPEATED' : 'PLAIN' };
}

/** The day number of a wall time, counted from 1970-01-01. */
function dayNumber(wall: WallTime): number {
  return Math.floor(wall / DAY_MS);
}

function stretchesAround(wall: WallTime, timeZone: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const last = dayNumber(wall + FURTHEST_MS);
  for (let day = dayNumber(wall - FURTHEST_MS); day <= last; day += 1) stretches.push(...offsetStretches(timeZone, day));
  return stretches;
}

/** A gap that swallows a day leaves no instant on it: neither the last one before the jump nor the first one after is of that day. */
function readingInGap(wall: WallTime, after: Stretch, before: Stretch): Reading {
  const lastShownBefore = after.from + before.offset - 1;
  const firstShownAfter = after.from + after.offset;
  const day = dayNumber(wall);
  return dayNumber(lastShownBefore) === day || dayNumber(firstShownAfter) === day ? 'GAP' : 'NO_SUCH_DAY';
}
