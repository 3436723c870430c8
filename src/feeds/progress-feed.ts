import type { Cursor, LogReader, LogPage } from '../application/ports.js';
import { statementOwner } from '../database/statement-owner.js';
import { throughPassingFaults } from '../database/through-passing-faults.js';
import type { LocalDate } from '../domain/local-date.js';
import { evolveProgress, noProgress, percentOf, type RunProgress } from '../domain/run/progress.js';
import type { ChunkEvent, RunEvent } from '../domain/run/run-events.js';
import { isFinal } from '../domain/run/run.js';
import { ORIGIN } from '../eventlog/cursor.js';
import { followLog, type FollowOptions } from './follow.js';
import { PacedListeners } from './progress-pace.js';

/** A state of progress and its place in the log. */
export interface ProgressState {
  readonly progress: RunProgress;
  readonly cursor: Cursor;
}

/** A listener of a run: it gets the states, or the reason why there will be no more. */
export interface Listener {
  /** ms between two changes of percent that it is told of, at least. */
  readonly leastMs: number;
  readonly state: (state: ProgressState) => void;
  readonly fail: (error: unknown) => void;
}

/** What a feed is made with. */
export interface FeedOptions extends Pick<FollowOptions, 'pollMs' | 'subscribe'> {
  /** ms between two changes of percent that are told. */
  readonly apartMs: () => number;
  readonly onEnd: () => void;
}

/** One follower of one run, and its listeners. It ends with the run, with the last listener, or with the fault that it tells them. */
export class ProgressFeed {
  private readonly listeners = new PacedListeners<Listener>((listeners) => this.tell(listeners));
  private readonly stopping = new AbortController();
  /** The state that is known, up to a pace later than the one that was told. */
  private sent: ProgressState | undefined;

  constructor(
    private readonly log: LogReader,
    private readonly run: { runId: string; month: LocalDate },
    private readonly options: FeedOptions,
  ) {
    // For all listeners, now and later: its statements are not those of the caller whose subscription came first.
    statementOwner.run(undefined, () => void this.pump());
  }

  add(listener: Listener): () => void {
    const leave = this.listeners.add(listener);
    if (this.sent !== undefined) listener.state(this.sent);
    return () => {
      leave();
      if (this.listeners.none) this.end();
    };
  }

  private end(): void {
    this.listeners.stop();
    this.stopping.abort();
    this.options.onEnd();
  }

  private async pump(): Promise<void> {
    try {
      // While the database is away, what was sent stands, and following goes on from there.
      await throughPassingFaults(() => this.followOnce(), { signal: this.stopping.signal, waitMs: this.options.pollMs });
    } catch (error) {
      const all = this.listeners.all();
      this.tell(all); // what was known before
      this.end();
      for (const listener of all) listener.fail(error);
    }
  }

  private async followOnce(): Promise<void> {
    const filter = { run: this.run, withoutOutcomes: true };
    let state = this.sent ?? { progress: noProgress(this.run.runId), cursor: ORIGIN };
    if (this.sent === undefined) {
      for (let atEnd = false; !atEnd;) {
        const page = await this.log.readAfter(state.cursor, 1_000, filter);
        state = fold(state, page);
        atEnd = page.atEnd;
      }
      // An older transaction that is still open may hide the run's first event: nothing is known yet, and nothing is said.
      if (state.progress.at !== noProgress(this.run.runId).at) this.send(state);
    }
    if (isFinal(state.progress.status)) return this.end();
    const { signal } = this.stopping;
    for await (const page of followLog(this.log, state.cursor, { ...this.options, filter, signal, pageSize: 1_000 })) {
      for (const event of page.events) {
        const next = fold(state, { ...page, events: [event], cursor: event.cursor });
        if (this.sent === undefined || tellsApart(next, state)) this.send(next);
        state = next;
      }
      if (isFinal(state.progress.status)) return this.end();
    }
  }

  private send(state: ProgressState): void {
    const isNews = this.sent === undefined || standsApart(state.progress, this.sent.progress);
    this.sent = state;
    this.listeners.run((leastMs) => (isNews ? 0 : Math.max(leastMs, this.options.apartMs())));
  }

  private tell(listeners: Iterable<Listener>): void {
    if (this.sent === undefined) return;
    for (const listener of listeners) listener.state(this.sent);
  }
}

/** Whether a listener sees a difference: of how the run stands or of percent. */
function tellsApart({ progress: a }: ProgressState, { progress: b }: ProgressState): boolean {
  return standsApart(a, b) || percentOf(a) !== percentOf(b);
}

/** Whether a run stands differently: by its status, or by what it waits for while it is paused. */
function standsApart(a: RunProgress, b: RunProgress): boolean {
  return a.status !== b.status || a.pausedCause !== b.pausedCause || a.pausedReason !== b.pausedReason;
}

function fold(state: ProgressState, page: LogPage): ProgressState {
  let { progress } = state;
  for (const { type, data, recordedAt } of page.events)
    progress = evolveProgress(progress, { type, data } as RunEvent | ChunkEvent, recordedAt);
  return { progress, cursor: page.cursor };
}
