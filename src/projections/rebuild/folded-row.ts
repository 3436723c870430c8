import { InvalidEvent } from '../../eventlog/log-errors.js';
import { decodeAt } from './census.js';

/** A stored event as the folds read it; `id` is the run's or the schedule's. */
export interface FoldedRow {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: unknown;
  readonly actor: string;
  readonly recorded_at: Date;
  readonly id: string;
}

/** An event as a fold takes it: checked by the codec, so that `as` may name its union. */
export interface ReadEvent {
  readonly event: { readonly type: string; readonly data: object };
  readonly context: { readonly actor: string; readonly recordedAt: string };
}

/** Reads the event that comes after `version` of its stream. @throws InvalidEvent naming the position, or the version that is missing */
export function readEvent(row: FoldedRow, version: number): ReadEvent {
  if (row.version !== version + 1) {
    throw new InvalidEvent(
      `stream ${row.stream} goes from version ${version} to ${row.version}: an event is missing. Restore the log from a backup.`,
    );
  }
  // Milliseconds, as the live views have them from `PostgresLog`.
  const context = { actor: row.actor, recordedAt: row.recorded_at.toISOString() };
  return { event: { type: row.type, data: decodeAt(row.position, row.type, row.data) }, context };
}
