import type { Cursor, LogReader, LogFilter, RecordedEvent } from '../application/ports.js';
import { RUN_ENDS } from '../domain/run/run-events.js';
import { compareCursors, ORIGIN } from '../eventlog/cursor.js';
import { followLog, type FollowOptions } from './follow.js';
import { placeBefore, readLifecycle, readRun } from './read-run.js';

const ENDING_PAGE = 1_000;

/**
 * Whether a run has ended and has no event of its own after a cursor: a reader who has come so far need not follow it. What comes after the cursor is asked
 * for last: of a run that ends between two questions there are events that no follower was given yet.
 */
export async function endedBefore(log: LogReader, run: NonNullable<LogFilter['run']>, cursor: Cursor): Promise<boolean> {
  const isLast = async (): Promise<boolean> => (await log.readAfter(cursor, 1, { run, withoutOutcomes: true })).events.length === 0;
  // Also asked first, because it is cheap and mostly enough.
  return (await isLast()) && (await hasEnded(log, run)) && isLast();
}

async function hasEnded(log: LogReader, run: NonNullable<LogFilter['run']>): Promise<boolean> {
  for (let from = ORIGIN; ;) {
    const page = await log.readAfter(from, ENDING_PAGE, { run, withoutOutcomes: true });
    if (page.events.some(({ type }) => RUN_ENDS.has(type))) return true;
    if (page.atEnd) return false;
    from = page.cursor;
  }
}

/**
 * The place just before a run's first event, as soon as it is there: an open transaction may hide it still. Outcomes have no index of their run's, so that a follower who began at the beginning of the log
 * would be given all runs that there were. @returns undefined where `signal` aborts before
 */
async function beginningOf(log: LogReader, { run, signal, pollMs, subscribe }: EventsWanted): Promise<Cursor | undefined> {
  const filter = { run, withoutOutcomes: true };
  for await (const { events } of followLog(log, ORIGIN, { signal, pollMs, subscribe, filter, pageSize: 1 })) {
    const [first] = events;
    if (first !== undefined) return placeBefore(first.cursor);
  }
  return undefined;
}

const PAGE = 500;

/** Which events of a run are wanted, and whether to wait for those to come. */
export interface EventsWanted extends Pick<FollowOptions, 'pollMs' | 'subscribe' | 'signal'> {
  readonly run: NonNullable<LogFilter['run']>;
  /** The place after which they begin; the beginning of the run where it is left out. */
  readonly after?: Cursor;
  /** One more event for each user. */
  readonly outcomes: boolean;
  readonly follow: boolean;
}

/** Events of a run in the order of the log: those there are, and with `follow` those that come, until the run has ended or `signal` aborts. */
export async function* runEventStream(log: LogReader, wanted: EventsWanted): AsyncGenerator<RecordedEvent> {
  const { run, after = ORIGIN, outcomes, follow, signal, ...waiting } = wanted;
  let cursor = after;
  // Outcomes of a run are read between its own bounds, because other runs' events lie between them.
  for await (const page of (outcomes ? readRun : readLifecycle)(log, run, cursor)) {
    for (const event of page) {
      if (signal.aborted) return;
      yield event;
      if (RUN_ENDS.has(event.type)) return; // the last chunk's outcomes come before the end of the run
    }
    cursor = page.at(-1)?.cursor ?? cursor;
  }
  if (!follow || (await endedBefore(log, run, cursor))) return;
  const begins = outcomes ? await beginningOf(log, wanted) : ORIGIN;
  if (begins === undefined) return;
  if (compareCursors(cursor, begins) < 0) cursor = begins;
  const filter = { run, withoutOutcomes: !outcomes };
  for await (const page of followLog(log, cursor, { ...waiting, signal, filter, pageSize: PAGE })) {
    for (const event of page.events) {
      yield event;
      if (RUN_ENDS.has(event.type)) return;
    }
  }
}
