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

const NOTHING: Taken = { requests: 0, tokensIn: 0, cachedIn: 0, tokensOut: 0 };

/** The local model's own account. */
export class Ledger {
  readonly #kept: Kept<{ readonly id: string } & EndpointAccount>;

  constructor(folder: string | undefined) {
    this.#kept = new Kept(folder, 'account');
  }

  get account(): EndpointAccount {
    const { calls, batches } = this.#kept.get('account') ?? { calls: NOTHING, batches: NOTHING };
    return { calls, batches };
  }

  /** Books an answer; a refusal takes nothing. */
  took(way: keyof EndpointAccount, tokens: TakenTokens | undefined): void {
    if (tokens === undefined) return;
    const { account } = this;
    const before = account[way];
    const taken = {
      requests: before.requests + 1,
      tokensIn: before.tokensIn + tokens.tokensIn,
      cachedIn: before.cachedIn + tokens.cachedIn,
      tokensOut: before.tokensOut + tokens.tokensOut,
    };
    this.#kept.put({ id: 'account', ...account, [way]: taken });
  }
}
