import type { LogReader } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import { isFinal } from '../domain/run/run.js';
import type { FollowOptions } from './follow.js';
import { NextWake } from './next-wake.js';
import { type Listener, ProgressFeed, type ProgressState } from './progress-feed.js';
import { apartMs, StatesToTake } from './progress-pace.js';

/**
 * Progress of runs for any number of subscribers: one follower per run and process, however many listen. Every change of status is told at once, and no listener
 * misses one. Changes of percent are told so far apart that very many listeners leave the machine to the run, and what waits for a slow listener is bounded.
 */
export class ProgressFeeds {
  private readonly feeds = new Map<string, ProgressFeed>();
  /** Of all runs. */
  private listeners = 0;

  constructor(
    private readonly log: LogReader,
    private readonly options: Pick<FollowOptions, 'pollMs' | 'subscribe'>,
  ) {}

  /**
   * The present state, then every later one until the run ends or `signal` aborts. @param leastMs between two changes of percent
   * @throws a fault of the log that would be the same the next time
   */
  async *follow(run: { runId: string; month: LocalDate }, signal: AbortSignal, leastMs = 0): AsyncGenerator<ProgressState> {
    const waiting = new StatesToTake<ProgressState>();
    let failure: { readonly error: unknown } | undefined;
    const news = new NextWake();
    const abort = (): void => news.wake();
    const stop = this.listen(run, {
      leastMs,
      state: (state) => {
        waiting.put(state);
        news.wake();
      },
      fail: (error) => {
        failure = { error };
        news.wake();
      },
    });
    signal.addEventListener('abort', abort);
    try {
      while (!signal.aborted) {
        const state = waiting.take();
        if (state !== undefined) {
          yield state;
          if (isFinal(state.progress.status)) return;
        } else if (failure !== undefined) throw failure.error;
        else await news.wait();
      }
    } finally {
      signal.removeEventListener('abort', abort);
      stop();
    }
  }

  /** How many runs are followed now. */
  get size(): number {
    return this.feeds.size;
  }

  private listen(run: { runId: string; month: LocalDate }, listener: Listener): () => void {
    const feed = this.feeds.get(run.runId) ?? this.open(run);
    this.listeners += 1;
    const leave = feed.add(listener);
    return () => {
      this.listeners -= 1;
      leave();
    };
  }

  private open(run: { runId: string; month: LocalDate }): ProgressFeed {
    const feed = new ProgressFeed(this.log, run, {
      ...this.options,
      apartMs: () => apartMs(this.listeners),
      onEnd: () => {
        // A listener who leaves an ended feed ends it once more, when another may stand in its place.
        if (this.feeds.get(run.runId) === feed) this.feeds.delete(run.runId);
      },
    });
    this.feeds.set(run.runId, feed);
    return feed;
  }
}
