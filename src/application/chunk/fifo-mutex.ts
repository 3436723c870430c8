/**
 * One at a time, in the order of asking. Lanes that compute take turns: were they to share the thread, all would come to their writes at the same
 * moment, and the database would have nothing to do before it.
 */
export class FifoMutex {
  #last: Promise<void> = Promise.resolve();

  /** Waits for everybody who asked before. @returns how to end the turn, which may be told more than once */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}
