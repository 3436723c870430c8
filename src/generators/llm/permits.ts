import { setTimeout as delay } from 'node:timers/promises';
import { boundedWait, type Tokens, type WaitMs } from '../../domain/figures.js';

/** The endpoint asked to be left alone for longer than a call may wait. */
export class HeldTooLong extends Error {
  override readonly name = 'HeldTooLong';

  /** @param ms for which no call is made */
  constructor(readonly ms: WaitMs) {
    super('the endpoint asked to be left alone for longer than a call may wait');
  }
}

/** What a call asks a turn for. */
export interface Turn {
  /** About so many are sent and come back. */
  readonly tokens: Tokens;
  /** ms that it may wait because the endpoint asked for it. What it waits for others' calls is not counted. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Turns at an endpoint. Each call takes one first; a retry is a call. */
export interface Permits {
  /** Waits for a turn. @throws HeldTooLong; or as the signal aborts */
  take(turn: Turn): Promise<void>;
  /** Tells what a call really took, once it is known. */
  correct(estimated: Tokens, tokens: Tokens): void;
  /** Gives no turn for so long: the endpoint asked to be left alone. */
  hold(ms: WaitMs): Promise<void>;
  /** Forgets what the endpoint asked for: an operator wants it tried at once. Calls that wait for the end of a hold go on. */
  lift(): Promise<void>;
}

/** What an endpoint asked this process to wait. */
export class Hold {
  #until = 0;
  /** Calls that wait for its end, to be woken. */
  readonly #waiting = new Set<AbortController>();

  /** ms that are left of it. */
  get leftMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  extend(ms: WaitMs): void {
    this.#until = Math.max(this.#until, performance.now() + ms);
  }

  lift(): void {
    this.#until = 0;
    for (const waiting of this.#waiting) waiting.abort();
  }

  /** Waits for its end and for a time of the caller's, by `performance.now()`. @throws HeldTooLong; or as the signal aborts */
  async passed({ patienceMs, signal }: Omit<Turn, 'tokens'>, startsAt = 0): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.leftMs > patienceMs) throw new HeldTooLong(boundedWait(this.leftMs));
      const ms = Math.max(this.leftMs, startsAt - performance.now());
      if (ms <= 0) return;
      await this.#woken(ms, signal);
    }
  }

  async #woken(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#waiting.add(woken);
    try {
      await delay(Math.ceil(ms), undefined, { signal: AbortSignal.any([signal, woken.signal]) });
    } catch {
      signal.throwIfAborted();
    } finally {
      this.#waiting.delete(woken);
    }
  }
}

/** Turns without a rate: a call waits only while the endpoint asked this process to wait. */
export class FreePermits implements Permits {
  readonly #hold = new Hold();

  take(turn: Turn): Promise<void> {
    return this.#hold.passed(turn);
  }

  correct(): void {}

  hold(ms: WaitMs): Promise<void> {
    this.#hold.extend(ms);
    return Promise.resolve();
  }

  lift(): Promise<void> {
    this.#hold.lift();
    return Promise.resolve();
  }
}
