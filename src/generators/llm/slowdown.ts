import { boundedWait, type WaitMs } from '../../domain/figures.js';

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long all calls are held after a rate limit that names no wait. It doubles from one hold to the next, and halves with each answer: calls become as
 * many as the endpoint takes.
 */
export class Slowdown {
  #nextMs = FIRST_MS;
  #heldUntil = 0;

  /** @param now ms of a clock that does not jump */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A call was refused. @returns ms to hold all calls; 0 while a hold is under way, since the call was made before it */
  limited(): WaitMs {
    if (this.now() < this.#heldUntil) return boundedWait(0);
    const heldMs = this.#nextMs;
    this.#heldUntil = this.now() + heldMs;
    this.#nextMs = Math.min(LONGEST_MS, heldMs * 2);
    return boundedWait(heldMs);
  }

  /** A call was answered. */
  answered(): void {
    this.#nextMs = Math.max(FIRST_MS, this.#nextMs / 2);
  }
}
