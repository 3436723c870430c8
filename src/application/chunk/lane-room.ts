/**
 * Where the lanes of a process work: many beside one another, or one alone. A chunk that is suspected of killing workers is worked on alone: whoever
 * stood beside it would be blamed for the same death. Who wants to be alone waits until nobody is inside, and holds up nobody before that.
 */
export class LaneRoom {
  #inside = 0;
  #awaited = 0;
  #alone: Promise<void> | undefined;
  #left = Promise.withResolvers<void>();

  /** Whether somebody is alone, or waits for it. */
  get isAwaited(): boolean {
    return this.#awaited > 0;
  }

  /** Works beside others, once nobody is alone. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone;
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#tell();
    }
  }

  /** Works alone, once everybody has left. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
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
