import type { Reply } from './model.js';
import type { LlmSettings } from './settings.js';

/** What one user's generation has taken so far, and how much time it has left. */
export class Account {
  attempts = 0;
  tokensIn = 0;
  tokensOut = 0;
  costMicros = 0;
  /** ms left for calls, answers and waits between tries. */
  leftMs: number;

  constructor(
    readonly runId: string,
    private readonly settings: Pick<LlmSettings, 'price' | 'timeoutMs'>,
  ) {
    this.leftMs = settings.timeoutMs;
  }

  /** Books an answer. Where the endpoint counts no tokens, `estimate` is booked: a budget must not run on nothing. @returns millionths of a US$ */
  book(reply: Reply, estimate: { readonly tokensIn: number }): number {
    const tokensIn = reply.tokensIn ?? estimate.tokensIn;
    const tokensOut = reply.tokensOut ?? tokensAtMost(reply.text);
    const cost = costMicros(this.settings.price, tokensIn, tokensOut);
    this.tokensIn += tokensIn;
    this.tokensOut += tokensOut;
    this.costMicros += cost;
    return cost;
  }
}

/** Price of a call in millionths of a US$, rounded up: prices are in US$ per million tokens. */
export function costMicros(price: LlmSettings['price'], tokensIn: number, tokensOut: number): number {
  return Math.ceil(tokensIn * price.input + tokensOut * price.output);
}

/** The most tokens that a text can be: byte-level tokenizers make at most one of each byte. */
export function tokensAtMost(text: string): number {
  return Buffer.byteLength(text);
}
