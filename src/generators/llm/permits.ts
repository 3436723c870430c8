import { setTimeout as delay } from 'node:timers/promises';
import type { Tokens, WaitMs } from '../../domain/figures.js';

/** Turns at an endpoint. Each call takes one first; a retry is a call. */
export interface Permits {
  /** Waits for a turn for a call of about so many tokens. Rejects when `signal` aborts. */
  take(tokens: Tokens, signal: AbortSignal): Promise<void>;
  /** Tells what a call really took, once it is known. */
  correct(estimated: Tokens, tokens: Tokens): void;
  /** Gives no turn for so long: the endpoint asked to be left alone. */
  hold(ms: WaitMs): Promise<void>;
}

/** Turns without a rate: a call waits only while the endpoint asked this process to wait. */
export class FreePermits implements Permits {
  #heldUntil = 0;

  async take(_tokens: Tokens, signal: AbortSignal): Promise<void> {
    for (let ms = this.#heldUntil - performance.now(); ms > 0; ms = this.#heldUntil - performance.now()) {
      await delay(Math.ceil(ms), undefined, { signal });
    }
  }

  correct(): void {}

  hold(ms: WaitMs): Promise<void> {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    return Promise.resolve();
  }
}
