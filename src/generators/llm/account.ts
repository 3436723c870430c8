import { boundedMicros, boundedTokens, type Micros, type Tokens } from '../../domain/figures.js';
import type { CallForm } from './call-form.js';
import type { CallUsage } from './call-usage.js';
import type { LlmSettings } from './settings.js';

/** What one user's generation has taken so far, and how much time it has left. */
export class Account {
  attempts = 0;
  tokensIn = boundedTokens(0);
  tokensOut = boundedTokens(0);
  costMicros = boundedMicros(0);
  /** Calls whose figures are estimates, since the endpoint told none that could be believed. */
  estimatedCalls = 0;
  /** How the last question was put. */
  form: CallForm | undefined;
  /** ms left for calls, answers and waits between tries. */
  leftMs: number;
  /** ms that a user has in all. */
  readonly timeMs: number;

  constructor(
    readonly runId: string,
    private readonly settings: Pick<LlmSettings, 'price' | 'timeoutMs'>,
  ) {
    this.timeMs = settings.timeoutMs;
    this.leftMs = settings.timeoutMs;
  }

  /** Books what a call took: an estimated one is charged the most that it can have taken, because a budget must not run on nothing. */
  book({ tokensIn, tokensOut, mostIn, mostOut, estimated }: CallUsage): Micros {
    const cost = costOf(this.settings.price, mostIn, mostOut);
    this.tokensIn = boundedTokens(this.tokensIn + tokensIn);
    this.tokensOut = boundedTokens(this.tokensOut + tokensOut);
    this.costMicros = boundedMicros(this.costMicros + cost);
    if (estimated !== undefined) this.estimatedCalls += 1;
    return cost;
  }
}

/** Price of a call in millionths of a US$, rounded up: prices are in US$ per million tokens. */
export function costOf(price: LlmSettings['price'], tokensIn: Tokens, tokensOut: Tokens): Micros {
  return boundedMicros(tokensIn * price.input + tokensOut * price.output);
}
