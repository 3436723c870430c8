import { ConfigError, type Config } from '../../config/config.js';
import { SETTINGS } from '../../config/config-words.js';
import type { Told } from '../../domain/said.js';
import type { LlmSettings } from './settings.js';

/** The settings of the LLM generator; undefined without an endpoint. @throws ConfigError for settings that do not go together: at the start, not at the first patient */
export function llmSettings(config: Config): LlmSettings | undefined {
  const missing = missingOf(config);
  if (missing !== undefined) throw new ConfigError([missing]);
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = config;
  if (baseUrl === undefined || model === undefined) return undefined;
  const { LLM_REQUESTS_PER_MINUTE: requestsPerMinute, LLM_TOKENS_PER_MINUTE: tokensPerMinute, LLM_RUN_BUDGET: budget } = config;
  return {
    // Vendors show the whole address, and that is what is copied.
    baseUrl: baseUrl.replace(/\/+$/u, '').replace(/\/chat\/completions$/u, ''),
    model,
    structured: config.LLM_STRUCTURED_OUTPUT,
    timeoutMs: config.LLM_TIMEOUT_MS,
    loadMs: config.LLM_LOAD_MS,
    maxOutputTokens: config.LLM_MAX_OUTPUT_TOKENS,
    concurrency: config.LLM_CONCURRENCY,
    fallback: config.LLM_FALLBACK,
    onOutage: config.LLM_ON_OUTAGE,
    price: priceOf(config),
    batch: {
      priceFactor: config.LLM_BATCH_PRICE_PERCENT / 100,
      windowMs: config.LLM_BATCH_WINDOW_MS,
      pollMs: config.LLM_BATCH_POLL_MS,
      cancelMs: config.LLM_BATCH_CANCEL_MS,
    },
    ...(apiKey !== undefined && { apiKey }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(budget !== undefined && { runBudgetMicros: Math.floor(budget * 1_000_000) }),
  };
}

// Without a price of its own a cached token costs what any other does.
function priceOf({
  LLM_PRICE_INPUT: input,
  LLM_PRICE_CACHED_INPUT: cachedInput = input,
  LLM_PRICE_OUTPUT: output,
}: Config): LlmSettings['price'] {
  return { input, cachedInput, output };
}

function missingOf({ GENERATOR, LLM_BASE_URL, LLM_MODEL, LLM_RUN_BUDGET, LLM_PRICE_INPUT, LLM_PRICE_OUTPUT }: Config): Told | undefined {
  if (GENERATOR === 'LLM' && LLM_BASE_URL === undefined) {
    return SETTINGS.tell('NO_MODEL');
  }
  if (LLM_BASE_URL !== undefined && LLM_MODEL === undefined) {
    return SETTINGS.tell('NO_MODEL_NAME');
  }
  if (LLM_RUN_BUDGET !== undefined && LLM_PRICE_INPUT + LLM_PRICE_OUTPUT === 0) {
    return SETTINGS.tell('NO_PRICES');
  }
  return undefined;
}
