import type { Cursor, EventLog, LogFilter, RecordedEvent } from '../application/ports.js';
import { RUN_ENDS } from '../domain/run/run-events.js';
import { compareCursors, ORIGIN } from './cursor.js';

const PAGE = 1_000;

/**
 * Events of one run after a cursor, outcomes included, at most `limit`. Reads the log only between the run's first event and its last,
 * because the events of other runs lie between its own.
 */
export async function readRun(log: EventLog, run: NonNullable<LogFilter['run']>, after: Cursor, limit: number): Promise<RecordedEvent[]> {
  const bounds = await boundsOf(log, run);
  if (bounds === undefined) return [];
  const events: RecordedEvent[] = [];
  let from = compareCursors(after, bounds.before) > 0 ? after : bounds.before;
  while (events.length < limit) {
    const page = await log.readAfter(from, PAGE, { run });
    events.push(...page.events);
    from = page.cursor;
    if (page.atEnd || (bounds.last !== undefined && compareCursors(from, bounds.last) >= 0)) break;
  }
  return events.slice(0, limit);
}

/** Events of one run after a cursor without its outcomes, at most `limit`: fewer mean that there are no more. */
export async function readLifecycle(
  log: EventLog,
  run: NonNullable<LogFilter['run']>,
  after: Cursor,
  limit: number,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let from = after, atEnd = false; !atEnd && events.length < limit;) {
    // A page is short of the events that this release does not know.
    const page = await log.readAfter(from, limit, { run, withoutOutcomes: true });
    events.push(...page.events);
    ({ cursor: from, atEnd } = page);
  }
  return events.slice(0, limit);
}

/** The place just before the run's first event, and its last event's place once it has ended. */
async function boundsOf(log: EventLog, run: NonNullable<LogFilter['run']>): Promise<{ before: Cursor; last?: Cursor } | undefined> {
  let first: Cursor | undefined;
  let last: RecordedEvent | undefined;
  for (let from = ORIGIN, atEnd = false; !atEnd;) {
    const page = await log.readAfter(from, PAGE, { run, withoutOutcomes: true });
    first ??= page.events[0]?.cursor;
    last = page.events.at(-1) ?? last;
    ({ cursor: from, atEnd } = page);
  }
  if (first === undefined) return undefined;
  const before = { xid: first.xid, position: String(BigInt(first.position) - 1n) };
  return last !== undefined && RUN_ENDS.has(last.type) ? { before, last: last.cursor } : { before };
}
