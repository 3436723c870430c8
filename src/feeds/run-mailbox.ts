import type { Cursor } from '../application/ports.js';
import { compareCursors } from '../eventlog/cursor.js';
import type { RunViewRow } from '../projections/entities.js';
import { NextWake } from './next-wake.js';

/** A run as a change left it, and the place of that change in the log. */
export interface RunChange {
  readonly row: RunViewRow;
  readonly cursor: Cursor;
}

/** Changes of runs, and how far in the log one has come with them. */
export interface RunChangePage {
  readonly changes: readonly RunChange[];
  readonly cursor: Cursor;
}

/** Most runs that wait for one subscriber. */
const MAX_WAITING = 200;

/**
 * What waits for one subscriber, which may be slow: each run once, as its last change left it. What finds no room is left in the log, and read from there
 * once the rest was taken: nothing is lost and nothing grows.
 */
export class RunMailbox {
  private readonly waiting = new Map<string, RunViewRow>();
  private readTo: Cursor | undefined;
  private start: Cursor | undefined;
  private newest: Cursor | undefined;
  private failure: { readonly error: unknown } | undefined;
  private readonly news = new NextWake();

  /** The place from which on it is given what happens; undefined while that is not known. */
  get begun(): Cursor | undefined {
    return this.start;
  }

  /** After which place something was left in the log, to be read and given to `catchUp`; undefined while nothing was. */
  get left(): Cursor | undefined {
    return this.newest === undefined ? undefined : this.readTo;
  }

  /** Tells from where on it is given what happens; only the first time counts. */
  begin(cursor: Cursor): void {
    this.start ??= cursor;
    this.readTo ??= cursor;
    this.wake();
  }

  /** What just happened, page after page without a gap. */
  put(page: RunChangePage): void {
    if (this.newest !== undefined || this.waiting.size + page.changes.length > MAX_WAITING) this.newest = page.cursor;
    else this.take(page);
    this.wake();
  }

  /** What was left in the log. */
  catchUp(page: RunChangePage): void {
    this.take(page);
    if (this.newest !== undefined && compareCursors(page.cursor, this.newest) >= 0) this.newest = undefined;
  }

  /** Tells that nothing more will come. What waits can still be taken. */
  fail(error: unknown): void {
    this.failure = { error };
    this.wake();
  }

  /** The run that has waited longest. */
  next(): RunViewRow | undefined {
    const [row] = this.waiting.values();
    if (row !== undefined) this.waiting.delete(row.runId);
    return row;
  }

  /** Resolves when there is something new to look at. Call right after having looked. @throws what it was told has failed */
  async woken(): Promise<void> {
    if (this.failure === undefined) await this.news.wait();
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Ends the waiting of `woken`. */
  wake(): void {
    this.news.wake();
  }

  private take({ changes, cursor }: RunChangePage): void {
    const { readTo } = this;
    for (const change of changes) {
      // A listener that caught up may be further than the page that comes next.
      if (readTo === undefined || compareCursors(change.cursor, readTo) > 0) this.waiting.set(change.row.runId, change.row);
    }
    if (readTo === undefined || compareCursors(cursor, readTo) > 0) this.readTo = cursor;
  }
}
