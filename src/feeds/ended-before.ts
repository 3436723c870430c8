import type { Cursor, EventLog, LogFilter } from '../application/ports.js';
import { RUN_ENDS } from '../domain/run/run-events.js';
import { ORIGIN } from '../eventlog/cursor.js';

const PAGE = 1_000;

/**
 * Whether a run has ended and has no event of its own after a cursor: a reader who has come so far need not follow it. What comes after the cursor is asked
 * for last: of a run that ends between two questions there are events that no follower was given yet.
 */
export async function endedBefore(log: EventLog, run: NonNullable<LogFilter['run']>, cursor: Cursor): Promise<boolean> {
  const isLast = async (): Promise<boolean> => (await log.readAfter(cursor, 1, { run, withoutOutcomes: true })).events.length === 0;
  // Also asked first, because it is cheap and mostly enough.
  return (await isLast()) && (await hasEnded(log, run)) && isLast();
}

async function hasEnded(log: EventLog, run: NonNullable<LogFilter['run']>): Promise<boolean> {
  for (let from = ORIGIN; ;) {
    const page = await log.readAfter(from, PAGE, { run, withoutOutcomes: true });
    if (page.events.some(({ type }) => RUN_ENDS.has(type))) return true;
    if (page.atEnd) return false;
    from = page.cursor;
  }
}
