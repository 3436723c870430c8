/** How the LLM generator is to work. Comes from configuration only: no request can change where a patient's inputs are sent. */
export interface LlmSettings {
  /** Of an OpenAI-compatible endpoint, up to and without `/chat/completions`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  /** Whether the endpoint is asked for structured output; `auto` asks until it refuses. */
  readonly structured: 'auto' | 'on' | 'off';
  /** ms that one user's calls, answers and retries may take together; waiting for a turn does not count. */
  readonly timeoutMs: number;
  /** ms that a call which tries a silent endpoint is kept open beyond its user's time: it may be loading its model. */
  readonly loadMs: number;
  /** Tokens that an answer may take, what the model thinks before it included. */
  readonly maxOutputTokens: number;
  /** Users in work at once in this process. */
  readonly concurrency: number;
  /** Over all processes; absent for no limit. */
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** What a user gets where the model gave no safe advice. */
  readonly fallback: 'RULES' | 'NONE';
  /** What happens while the endpoint answers no user. */
  readonly onOutage: 'PAUSE' | 'RULES';
  /** US$ per million tokens, which is millionths of a US$ per token. `cachedInput` is of what the endpoint kept of an earlier call. */
  readonly price: { readonly input: number; readonly cachedInput: number; readonly output: number };
  /** Batches at the provider. */
  readonly batch: {
    /** Of the price of a call. */
    readonly priceFactor: number;
    /** ms that the provider takes at most. */
    readonly windowMs: number;
    /** ms between two looks. */
    readonly pollMs: number;
    /** ms that one may take to be cancelled. */
    readonly cancelMs: number;
  };
  /** Millionths of a US$ that a run may spend; absent for no limit. */
  readonly runBudgetMicros?: number;
}

/** How batches are waited for unless configured otherwise. */
export const USUAL_BATCH: LlmSettings['batch'] = { priceFactor: 0.5, windowMs: 86_400_000, pollMs: 30_000, cancelMs: 60_000 };

/** Of every call whose endpoint takes one. Low: advice is to be sound rather than surprising. */
export const TEMPERATURE = 0.3;
