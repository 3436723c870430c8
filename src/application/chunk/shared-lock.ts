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
