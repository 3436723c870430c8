import type { Judged } from './judged-answer.js';

/** Told when a model's answers are nothing that can be read any more, and when one can be read again. */
export interface ReadingListener {
  unreadable(): void;
  readable(): void;
}

/** Answers in a row of which nothing could be read, until that is taken for what the model does: both answers to three users. */
const MAX_UNREAD = 6;

/** Whether what a model answers can be read: its endpoint works all the same, and an operator who watches that alone would not see that no advice is the model's. */
export class Readability {
  #unread = 0;

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

  /** Begins anew, as with a model that was never asked: its prompt was recalled, and another one will be answered. */
  forget(): void {
    this.#unread = 0;
  }
}
