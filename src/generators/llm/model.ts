import type { CallForm } from './call-form.js';
import type { CallUsage } from './call-usage.js';

/** One turn of a conversation with a model. */
export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A question to a model. */
export interface Question {
  readonly system: string;
  readonly messages: readonly Message[];
  /** 31 bits: endpoints that honour it answer alike to the same question. */
  readonly seed: number;
}

/** What came back, and what it took. The text is empty where the model said nothing: all of its tokens may have gone into reasoning. */
export interface Reply {
  readonly text: string;
  readonly usage: CallUsage;
}

/** A language model at an endpoint. */
export interface Model {
  readonly name: string;
  /** Asks once, without retries. @throws ModelFailure, and nothing else unless `signal` aborts */
  ask(question: Question, form: CallForm, signal: AbortSignal): Promise<Reply>;
}

/** Bytes of the texts of a question. */
export function bytesOf({ system, messages }: Question): number {
  return messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), Buffer.byteLength(system));
}
