import { endsWithin } from './ends-within.js';

/** What is done again and again. */
export interface Repeated {
  /** @param stopping aborts when no more is asked for */
  readonly work: (stopping: AbortSignal) => Promise<void>;
  /** ms from the end of one time to the beginning of the next. */
  readonly everyMs: number;
  /** Told of what the work throws; it is done again all the same. */
  readonly onFailure: (error: unknown) => void;
  /** ms for which work under way is waited for when it is stopped, where that is less than the process has. */
  readonly farewellMs?: number;
}

/** Work that is done at once, and again each time a while after it has ended, until it is stopped: never twice at a time. It keeps no process alive. */
export class Repeating {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly repeated: Repeated) {}

  start(): void {
    const { work, everyMs, onFailure } = this.repeated;
    const { signal } = this.stopping;
    this.working = work(signal)
      .catch(onFailure)
      .finally(() => {
        if (!signal.aborted) this.timer = setTimeout(() => this.start(), everyMs).unref();
      });
  }

  /** Begins no more, and waits for work under way, `graceMs` at most. @returns whether it has ended by then */
  stop(graceMs: number): Promise<boolean> {
    this.stopping.abort();
    clearTimeout(this.timer);
    return endsWithin(Math.min(graceMs, this.repeated.farewellMs ?? graceMs), this.working);
  }
}
