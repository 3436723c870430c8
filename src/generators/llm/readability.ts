import type { Judged } from './judged-answer.js';

/** Told when a model's answers are nothing that can be read any more, or nothing that the safety gate lets through, and when that is over. */
export interface ReadingListener {
  unreadable(): void;
  readable(): void;
  /** The gate refuses most of what it answers. */
  unsafe(): void;
  safe(): void;
}

/** Answers in a row of which nothing could be read, until that is taken for what the model does: both answers to three users. */
const MAX_UNREAD = 6;

/** Users who are looked back at, and of how many of them the gate refused both answers: from `told` on it is told of, at `over` it is over. */
const REFUSED = { of: 20, told: 10, over: 5 };

/**
 * Whether what a model answers can be read, and whether the safety gate lets it through: its endpoint works all the same, and an operator who watches that alone would not see that
 * no advice is the model's.
 */
export class Readability {
  #unread = 0;
  #refused: readonly boolean[] = [];
  #isUnsafe = false;

  constructor(private readonly listener: ReadingListener) {}

  /** Counts an answer. */
  saw(judged: Judged): void {
    if ('violations' in judged && judged.violations.includes('MALFORMED_ANSWER')) {
      this.#unread += 1;
      if (this.#unread === MAX_UNREAD) this.listener.unreadable();
    } else {
      if (this.#unread >= MAX_UNREAD) this.listener.readable();
      this.#unread = 0;
    }
  }

  /** Counts a user by the last answer for it. What could not be read is counted by `saw`, and says nothing of the gate. */
  ended(last: Judged): void {
    const isRefused = 'violations' in last;
    if (isRefused && last.violations.includes('MALFORMED_ANSWER')) return;
    this.#refused = [...this.#refused, isRefused].slice(-REFUSED.of);
    const refused = this.#refused.filter((each) => each).length;
    if (!this.#isUnsafe && refused >= REFUSED.told) {
      this.#isUnsafe = true;
      this.listener.unsafe();
    } else if (this.#isUnsafe && refused <= REFUSED.over) {
      this.#isUnsafe = false;
      this.listener.safe();
    }
  }

  /** Begins anew, as with a model that was never asked: its prompt was recalled, and another one will be answered. */
  forget(): void {
    this.#unread = 0;
    this.#refused = [];
    this.#isUnsafe = false;
  }
}
