import { Kept } from './kept.js';
import type { TakenTokens } from './completion.js';

/** What one way of asking took, by the endpoint's own figures. */
export interface Taken extends TakenTokens {
  readonly requests: number;
}

/** What the endpoint would charge for, by the way of asking. */
export interface EndpointAccount {
  readonly calls: Taken;
  readonly batches: Taken;
}

export const NOTHING: Taken = { requests: 0, tokensIn: 0, cachedIn: 0, tokensOut: 0 };

/** With an answer more; a refusal takes nothing. */
export function plus(taken: Taken, tokens: TakenTokens | undefined): Taken {
  return tokens === undefined ? taken : sumOf(taken, { ...tokens, requests: 1 });
}

/** Both together. */
export function sumOf(a: Taken, b: Taken): Taken {
  return {
    requests: a.requests + b.requests,
    tokensIn: a.tokensIn + b.tokensIn,
    cachedIn: a.cachedIn + b.cachedIn,
    tokensOut: a.tokensOut + b.tokensOut,
  };
}

/** What the local model's calls took. */
export class Ledger {
  readonly #kept: Kept<Taken & { readonly id: string }>;

  constructor(folder: string | undefined) {
    this.#kept = new Kept(folder, 'account');
  }

  get calls(): Taken {
    const { requests, tokensIn, cachedIn, tokensOut } = this.#kept.get('calls') ?? NOTHING;
    return { requests, tokensIn, cachedIn, tokensOut };
  }

  /** Books an answer that was sent. */
  took(tokens: TakenTokens | undefined): void {
    if (tokens !== undefined) this.#kept.put({ id: 'calls', ...plus(this.calls, tokens) });
  }
}
