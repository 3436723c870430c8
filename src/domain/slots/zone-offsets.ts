import { RecentlyUsed } from '../recently-used.js';

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** Days kept per zone (some 11 years), so that a long-lived process does not collect them for ever. */
const MAX_DAYS = 4_096;
/** Zones that are kept: some 0.1 MB each and their days. More than the schedules of one service are likely to name. */
const MAX_ZONES = 64;

/** A time with one offset from UTC: instants with `from <= at < until`, in milliseconds, on whose clocks `offset` milliseconds are added to UTC. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, readonly Stretch[]>;
}

const zones = new RecentlyUsed<Zone>(MAX_ZONES, (timeZone) => {
  const date = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  return { format: new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', ...date, ...time }), days: new Map() };
});

/**
 * The stretches of one UTC day (numbered from 1970-01-01), in order and without a hole: one, or two on a day when the zone's clocks change.
 * Source: the time zone data that ships with Node. Throws a RangeError for an unknown zone.
 */
export function offsetStretches(timeZone: string, day: number): readonly Stretch[] {
  const zone = zones.get(timeZone.toLowerCase());
  const known = zone.days.get(day);
  if (known !== undefined) return known;
  if (zone.days.size >= MAX_DAYS) zone.days.clear();
  const stretches = measureDay(zone.format, day * DAY_MS);
  zone.days.set(day, stretches);
  return stretches;
}

/** A zone changes its clocks at most once in a UTC day, so equal offsets at both ends mean a day without a change. */
function measureDay(format: Intl.DateTimeFormat, from: number): readonly Stretch[] {
  const until = from + DAY_MS;
  const [before, after] = [offsetAt(format, from), offsetAt(format, until)];
  if (before === after) return [{ from, until, offset: before }];
  const change = firstSecondWithout(before, format, from);
  const first = { from, until: change, offset: before };
  return change === until ? [first] : [first, { from: change, until, offset: after }];
}

function firstSecondWithout(offset: number, format: Intl.DateTimeFormat, from: number): number {
  let [still, gone] = [from, from + DAY_MS];
  while (gone - still > SECOND_MS) {
    const middle = still + Math.floor((gone - still) / 2 / SECOND_MS) * SECOND_MS;
    if (offsetAt(format, middle) === offset) still = middle;
    else gone = middle;
  }
  return gone;
}

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
