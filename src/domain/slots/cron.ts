import { Cron } from 'croner';
import type { WallTime } from './wall-clock.js';

const MINUTE_MS = 60_000;

/** A cron text that was read: five fields, so it is due on whole minutes, at most once in each. */
export interface CronPattern {
  /** The first due wall time after another one; undefined when there is none until the year 10000. */
  readonly next: (after: WallTime) => WallTime | undefined;
}

/**
 * Reads five cron fields. The pattern runs on wall times, that is croner sees only UTC, where no hour is missing or repeated: croner's own
 * rules for daylight saving differ between fixed times and intervals and drop a time whose gap ends at midnight, ours are `firstInstantShowing`.
 * UTC by offset is also ten times faster in croner than UTC by name. Throws what croner throws for a text that it cannot read.
 */
export function readCron(text: string): CronPattern {
  const cron = new Cron(text, { mode: '5-part', utcOffset: 0, paused: true });
  return { next: (after) => cron.nextRun(new Date(Math.floor(after / MINUTE_MS) * MINUTE_MS))?.getTime() };
}
