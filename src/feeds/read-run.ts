import type { Cursor, LogReader, LogFilter, RecordedEvent } from '../application/ports.js';
import { RUN_ENDS } from '../domain/run/run-events.js';
import { compareCursors, ORIGIN } from '../eventlog/cursor.js';

/** Events that are read at once. */
const PAGE = 500;

/**
 * Events of one run after a cursor, outcomes included, in pages: those that are there. Reads the log only between the run's first event and its last,
 * because the events of other runs lie between its own; where these are is asked once, however many pages there are.
 */
export async function* readRun(
  log: LogReader,
  run: NonNullable<LogFilter['run']>,
  after: Cursor,
): AsyncGenerator<readonly RecordedEvent[], void, void> {
  const bounds = await boundsOf(log, run);
  if (bounds === undefined) return;
  let from = compareCursors(after, bounds.before) > 0 ? after : bounds.before;
  for (let atEnd = false; !atEnd && (bounds.last === undefined || compareCursors(from, bounds.last) < 0);) {
    const page = await log.readAfter(from, PAGE, { run });
    if (page.events.length > 0) yield page.events;
    ({ cursor: from, atEnd } = page);
  }
}

/** Events of one run after a cursor without its outcomes, in pages: those that are there. */
export async function* readLifecycle(
  log: LogReader,
  run: NonNullable<LogFilter['run']>,
  after: Cursor,
): AsyncGenerator<readonly RecordedEvent[], void, void> {
  for (let from = after, atEnd = false; !atEnd;) {
    const page = await log.readAfter(from, PAGE, { run, withoutOutcomes: true });
    if (page.events.length > 0) yield page.events; // it is short of the events that this release does not know
    ({ cursor: from, atEnd } = page);
  }
}

/** The place just before an event. */
export function placeBefore({ xid, position }: Cursor): Cursor {
  return { xid, position: String(BigInt(position) - 1n) };
}

/** The place just before the run's first event, and its last event's place once it has ended. */
async function boundsOf(log: LogReader, run: NonNullable<LogFilter['run']>): Promise<{ before: Cursor; last?: Cursor } | undefined> {
  let first: Cursor | undefined;
  let last: RecordedEvent | undefined;
  for (let from = ORIGIN, atEnd = false; !atEnd;) {
    const page = await log.readAfter(from, PAGE, { run, withoutOutcomes: true });
    first ??= page.events[0]?.cursor;
    last = page.events.at(-1) ?? last;
    ({ cursor: from, atEnd } = page);
  }
  if (first === undefined) return undefined;
  const before = placeBefore(first);
  return last !== undefined && RUN_ENDS.has(last.type) ? { before, last: last.cursor } : { before };
}
