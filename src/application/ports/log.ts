import type { LocalDate } from '../../domain/local-date.js';

/** An event before it is in the log. `userId` marks an outcome: the log takes one per user and run. */
export interface NewEvent {
  readonly type: string;
  readonly data: object;
  readonly userId?: number;
}

/** Where events go, and the precondition of the append. */
export interface AppendTarget {
  readonly stream: string;
  /** Version the stream must have; 0 for a new one. */
  readonly expectedVersion: number;
  /** First day of the month that keys the stream: a run's own month for all its streams. */
  readonly month: LocalDate;
  readonly runId?: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** What the log says of an append. */
export interface Appended {
  readonly lastVersion: number;
  /** ISO time, the same for every event of a transaction. */
  readonly recordedAt: string;
  readonly cursor: Cursor;
}

/** A place in the whole log. Compare with `compareCursors`; `position` alone does not order the log. */
export interface Cursor {
  /** Transaction that appended, as decimal text (64 bits). */
  readonly xid: string;
  readonly position: string;
}

/** An event out of the log. */
export interface RecordedEvent {
  readonly cursor: Cursor;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly runId: string | null;
  /** The opaque number of the person whose outcome it is; null for what is no outcome. */
  readonly subject: number | null;
  /** The person; null after an erasure, too. */
  readonly userId: number | null;
  readonly data: unknown;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly recordedAt: string;
}

/** Which events a reader wants. */
export interface LogFilter {
  readonly run?: { readonly runId: string; readonly month: LocalDate };
  /** Leaves outcome events out: what remains of a run is one event per chunk and a few of its own. */
  readonly withoutOutcomes?: boolean;
  /** Only what stands on the runs' own streams, of all runs; the rest of the filter does not count. */
  readonly runsOnly?: boolean;
  /** Only what stands on the streams of runs, schedules, recalls and rollouts, chunks left out; the rest of the filter does not count. */
  readonly runsAndSchedules?: boolean;
}

/** A page of the log. `cursor` is where to go on, also when nothing matched. */
export interface LogPage {
  readonly events: readonly RecordedEvent[];
  readonly cursor: Cursor;
  /** True when the end of what is readable was reached. */
  readonly atEnd: boolean;
}

/** The append-only log. Reads never show an event before all that come before it in cursor order. */
export interface EventLog {
  /** @throws VersionConflict, DuplicateOutcome, InvalidEvent */
  append(target: AppendTarget, events: readonly NewEvent[]): Promise<Appended>;
  /** Events of one stream from a version on, in order. */
  readStream(month: LocalDate, stream: string, fromVersion: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** Events after a cursor in cursor order, gap-safe. */
  readAfter(after: Cursor, limit: number, filter?: LogFilter): Promise<LogPage>;
  /** The place after everything that can be read now. */
  head(): Promise<Cursor>;
}

/** The log as readers have it: it has no `append`. */
export type LogReader = Omit<EventLog, 'append'>;
