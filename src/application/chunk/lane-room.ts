import { LanePace } from './lane-pace.js';

/** Resumptions that a process remembers: more than the runs that go on at once. */
const MAX_RESUMPTIONS = 1_000;

/** What the lanes of one process share: the lock for work alone or beside others, the turn to compute, the pace, and which resumptions were taken up. A process has one for all its runs. */
export class LaneRoom {
  /** Work beside other chunks, or alone. */
  readonly lock = new SharedLock();
  /** The turn to compute. */
  readonly computing = new FifoMutex();
  /** How many of them compute at once, and how much at once. */
  readonly pace = new LanePace();
  readonly #resumptions = new WeakMap<object, Set<string>>();

  /** Whether a generator was not tried for this resumption of a run before: once is enough for each, however many runs were resumed. */
  isNews(generator: object, resumption: string): boolean {
    const seen = this.#resumptions.get(generator) ?? new Set();
    this.#resumptions.set(generator, seen);
    if (seen.has(resumption)) return false;
    seen.add(resumption);
    for (const oldest of seen) {
      if (seen.size <= MAX_RESUMPTIONS) break;
      seen.delete(oldest);
    }
    return true;
  }
}

/**
 * A lock of the lanes of a process: many share it, or one has it alone. A chunk that is suspected of killing workers is worked on alone: a lane beside it
 * would be blamed for the same death. Exclusive work waits until no shared work is under way, and holds up no shared work before that.
 */
export class SharedLock {
  #inside = 0;
  #awaited = 0;
  #alone: Promise<void> | undefined;
  #left = Promise.withResolvers<void>();

  /** Whether exclusive work is under way, or waits. */
  get isAwaited(): boolean {
    return this.#awaited > 0;
  }

  /** Does work beside other shared work, once no exclusive work is under way. */
  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone;
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#tell();
    }
  }

  /** Does work alone, once all shared work has ended. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited += 1;
    try {
      while (this.#alone !== undefined || this.#inside > 0) await (this.#alone ?? this.#left.promise);
      this.#alone = promise;
      return await work();
    } finally {
      this.#awaited -= 1;
      if (this.#alone === promise) this.#alone = undefined;
      resolve();
    }
  }

  #tell(): void {
    this.#left.resolve();
    this.#left = Promise.withResolvers<void>();
  }
}

/**
 * One at a time, in the order of asking. Lanes that compute take turns: were they to share the thread, all would come to their writes at the same
 * moment, and the database would have nothing to do before it.
 */
export class FifoMutex {
  #last: Promise<void> = Promise.resolve();

  /** Waits for all earlier callers. @returns how to end the turn; it may be called more than once */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}
