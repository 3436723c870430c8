import { boundedMicros, boundedTokens, type Micros, type Tokens } from '../../domain/figures.js';
import type { CallForm } from './call-form.js';
import type { CallUsage } from './call-usage.js';
import type { LlmSettings } from './settings.js';

/** What one user's generation has taken so far, and how much time it has left. */
export class Account {
  attempts = 0;
  tokensIn = boundedTokens(0);
  tokensOut = boundedTokens(0);
  /** Of `tokensIn`, those that the endpoint read from its cache. */
  tokensCached = boundedTokens(0);
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

  /** Books what a call took, at a share of the price: an estimated one is charged the most that it can have taken, because a budget must not run on nothing. */
  book({ tokensIn, tokensOut, mostIn, mostOut, cachedIn, estimated }: CallUsage, factor = 1): Micros {
    const cost = costOf(priceTimes(this.settings.price, factor), { in: mostIn, cached: cachedIn, out: mostOut });
    this.tokensIn = boundedTokens(this.tokensIn + tokensIn);
    this.tokensOut = boundedTokens(this.tokensOut + tokensOut);
    this.tokensCached = boundedTokens(this.tokensCached + cachedIn);
    this.costMicros = boundedMicros(this.costMicros + cost);
    if (estimated !== undefined) this.estimatedCalls += 1;
    return cost;
  }
}

/** Tokens of a call by their price; `cached` are among those that went in. */
interface PricedTokens {
  readonly in: Tokens;
  readonly cached: Tokens;
  readonly out: Tokens;
}

/** A price, times a factor. */
export function priceTimes({ input, cachedInput, output }: LlmSettings['price'], factor: number): LlmSettings['price'] {
  return { input: input * factor, cachedInput: cachedInput * factor, output: output * factor };
}

/** Price of a call in millionths of a US$, rounded up: prices are in US$ per million tokens. */
export function costOf({ input, cachedInput, output }: LlmSettings['price'], tokens: PricedTokens): Micros {
  return boundedMicros((tokens.in - tokens.cached) * input + tokens.cached * cachedInput + tokens.out * output);
}

/** The most that a call can cost: an endpoint may ask more for what it keeps than for what it reads anew. */
export function reserveOf(price: LlmSettings['price'], most: Pick<PricedTokens, 'in' | 'out'>): Micros {
  return costOf({ ...price, input: Math.max(price.input, price.cachedInput) }, { ...most, cached: boundedTokens(0) });
}
