/**
 * Where a loop waits until there is something new: it looks first, and waits when there is nothing. A wake-up that comes while the loop is busy is not kept,
 * since the loop looks again before it waits.
 */
export class NextWake {
  #resume: (() => void) | undefined;

  /** Resolves at the next wake-up. Call right after having looked, with nothing awaited in between. */
  wait(): Promise<void> {
    return new Promise((resolve) => (this.#resume = resolve));
  }

  /** Ends the waiting. */
  wake(): void {
    this.#resume?.();
  }
}
