/** Something that happens once, and can be waited for. */
export interface Signal {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

export function signal(): Signal {
  const settle: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => settle.push(resolve));
  return { promise, resolve: () => settle[0]?.() };
}

/** Events that a test pushes, and whether the subscriber has left: `returned` resolves when someone calls `return`. */
export class EventSource implements AsyncGenerator<unknown, void, void> {
  readonly returned: Promise<void>;
  /** Resolves when someone first waits for an event. */
  readonly listened: Promise<void>;
  private readonly events: unknown[] = [];
  /** Of each subscriber that waits: the first who came gets the next event. */
  private readonly waiting: ((result: IteratorResult<unknown, void>) => void)[] = [];
  private readonly markReturned: () => void;
  private readonly markListened: () => void;
  private ended = false;

  constructor() {
    const returned = signal();
    const listened = signal();
    this.returned = returned.promise;
    this.listened = listened.promise;
    this.markReturned = returned.resolve;
    this.markListened = listened.resolve;
  }

  push(event: unknown): void {
    const first = this.waiting.shift();
    if (first === undefined) this.events.push(event);
    else first({ value: event, done: false });
  }

  /** How many events nobody has asked for yet. */
  get backlog(): number {
    return this.events.length;
  }

  next(): Promise<IteratorResult<unknown, void>> {
    this.markListened();
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    if (this.events.length > 0) return Promise.resolve({ value: this.events.shift(), done: false });
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  return(): Promise<IteratorResult<unknown, void>> {
    this.ended = true;
    for (const resolve of this.waiting.splice(0)) resolve({ value: undefined, done: true });
    this.markReturned();
    return Promise.resolve({ value: undefined, done: true });
  }

  async throw(error: unknown): Promise<IteratorResult<unknown, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
