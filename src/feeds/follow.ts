import type { Cursor, LogReader, LogFilter, LogPage } from '../application/ports.js';

/** How a follower waits for more. */
export interface FollowOptions {
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
  /** Longest wait in ms before looking again without a wake-up. */
  readonly pollMs: number;
  /** Most events a page holds. */
  readonly pageSize: number;
  /** Calls back on every wake-up, with a run's id or '' for all. @returns how to stop */
  readonly subscribe: (listener: (runId: string) => void) => () => void;
}

/** Shortest time in ms between two looks: a hundred wake-ups of a busy run become one. */
const SETTLE_MS = 20;
/** After a wake-up the event may still be hidden by an older open transaction: look again this often … */
const HOT_MS = 50;
/** … so many times, before polling at the ordinary pace. */
const HOT_LOOKS = 20;

/** Follows the log from a cursor: yields pages with events, in order and without a gap, until `signal` aborts. Wake-ups only shorten the wait. */
export async function* followLog(log: LogReader, after: Cursor, options: FollowOptions): AsyncGenerator<LogPage> {
  const { filter, signal, pageSize } = options;
  const alarm = new Alarm(options);
  let cursor = after;
  try {
    while (!signal.aborted) {
      const page = await log.readAfter(cursor, pageSize, filter);
      cursor = page.cursor;
      if (page.events.length > 0) {
        alarm.answered();
        yield page;
      }
      if (page.atEnd) await alarm.wait();
    }
  } finally {
    alarm.close();
  }
}

/** Waits for a wake-up, the poll interval or the end, whichever is first. A wake-up between two waits is not lost. */
class Alarm {
  private woken = false;
  private hotLooks = 0;
  private wake: (() => void) | undefined;
  private readonly stop: () => void;

  constructor(private readonly options: FollowOptions) {
    this.stop = options.subscribe((runId) => {
      const { filter } = options;
      if (runId !== '' && filter?.run !== undefined && filter.run.runId !== runId) return;
      this.woken = true;
      this.wake?.();
    });
  }

  async wait(): Promise<void> {
    if (this.woken) {
      await this.sleep(SETTLE_MS, false);
    } else {
      const hot = this.hotLooks-- > 0;
      await this.sleep(hot ? Math.min(HOT_MS, this.options.pollMs) : this.options.pollMs, true);
    }
    // Also where it came in the middle of the wait, as it mostly does.
    if (this.woken) this.hotLooks = HOT_LOOKS;
    this.woken = false;
  }

  /** Events came: what a wake-up was about is no longer hidden. */
  answered(): void {
    this.hotLooks = 0;
  }

  close(): void {
    this.stop();
  }

  private sleep(ms: number, wakeable: boolean): Promise<void> {
    const { signal } = this.options;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (wakeable) this.wake = done;
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }
}
