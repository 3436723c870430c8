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

/** What came back, and what it took. Tokens as the endpoint counts them; null where it does not. */
export interface Reply {
  readonly text: string;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
}

/** A language model at an endpoint. */
export interface Model {
  readonly name: string;
  /** Asks once, without retries. @throws ModelFailure, and nothing else unless `signal` aborts */
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
  /** Asks for a single token, to see whether anybody is there. @throws ModelFailure */
  ping(signal: AbortSignal): Promise<void>;
}
