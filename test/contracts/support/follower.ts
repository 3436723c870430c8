import type { Cursor, EventLog, LogFilter, RecordedEvent } from '../../../src/application/ports.js';
import { followLog } from '../../../src/feeds/follow.js';

/** A bell that a test rings by hand. */
export class HandBell {
  private readonly listeners = new Set<(runId: string) => void>();

  readonly subscribe = (listener: (runId: string) => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Who listens now. */
  get size(): number {
    return this.listeners.size;
  }

  wake(runId = ''): void {
    for (const listener of this.listeners) listener(runId);
  }
}

/** How a test follows. Without `bell` nobody ever rings; `pollMs` is 20 unless given. */
export interface Following {
  readonly filter?: LogFilter;
  readonly bell?: Pick<HandBell, 'subscribe'>;
  readonly pollMs?: number;
  readonly pageSize?: number;
}

/** Longer than any test: a follower with this interval moves only when it is woken. */
export const NEVER_MS = 2_000_000_000;

const following = new Set<Follower>();

/** Ends every follower that is still under way: after each test. */
export async function stopFollowers(): Promise<void> {
  await Promise.all([...following].map((follower) => follower.stop()));
}

/** A follower that collects what it is given until the test has seen enough. */
export class Follower {
  readonly events: RecordedEvent[] = [];
  private readonly stopping = new AbortController();
  private readonly waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  private readonly done: Promise<void>;

  constructor(
    log: Pick<EventLog, 'readAfter'>,
    after: Cursor,
    { filter, bell = new HandBell(), pollMs = 20, pageSize = 100 }: Following = {},
  ) {
    const { signal } = this.stopping;
    following.add(this);
    this.done = this.collect(
      followLog(log as EventLog, after, {
        signal,
        pollMs,
        pageSize,
        subscribe: (listener) => bell.subscribe(listener),
        ...(filter && { filter }),
      }),
    );
  }

  /** Resolves once that many events came. */
  async has(count: number): Promise<RecordedEvent[]> {
    const enough = new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    this.tell();
    await Promise.race([enough, this.done]); // a follower that failed says why
    return this.events;
  }

  /** Ends it and waits until it has ended. */
  async stop(): Promise<void> {
    following.delete(this);
    this.stopping.abort();
    await this.done;
  }

  private async collect(pages: ReturnType<typeof followLog>): Promise<void> {
    for await (const page of pages) {
      this.events.push(...page.events);
      this.tell();
    }
  }

  private tell(): void {
    for (const { count, resolve } of this.waiting) if (this.events.length >= count) resolve();
  }
}
