import { ConfigError, type Config } from '../../config.js';
import type { LlmSettings } from './settings.js';

/** The settings of the LLM generator; undefined without an endpoint. @throws ConfigError for settings that do not go together: at the start, not at the first patient */
export function llmSettings(config: Config): LlmSettings | undefined {
  const missing = missingOf(config);
  if (missing !== undefined) throw new ConfigError(missing);
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = config;
  if (baseUrl === undefined || model === undefined) return undefined;
  const { LLM_REQUESTS_PER_MINUTE: requestsPerMinute, LLM_TOKENS_PER_MINUTE: tokensPerMinute, LLM_RUN_BUDGET: budget } = config;
  return {
    baseUrl: baseUrl.replace(/\/+$/u, ''),
    model,
    structured: config.LLM_STRUCTURED_OUTPUT,
    timeoutMs: config.LLM_TIMEOUT_MS,
    loadMs: config.LLM_LOAD_MS,
    maxOutputTokens: config.LLM_MAX_OUTPUT_TOKENS,
    concurrency: config.LLM_CONCURRENCY,
    fallback: config.LLM_FALLBACK,
    onOutage: config.LLM_ON_OUTAGE,
    price: priceOf(config),
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

function missingOf({ GENERATOR, LLM_BASE_URL, LLM_MODEL, LLM_RUN_BUDGET, LLM_PRICE_INPUT, LLM_PRICE_OUTPUT }: Config): string | undefined {
  if (GENERATOR === 'LLM' && LLM_BASE_URL === undefined) {
    return 'GENERATOR is LLM, and no model is set. Set LLM_BASE_URL to an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1 of Ollama, and LLM_MODEL to a model that it has.';
  }
  if (LLM_BASE_URL !== undefined && LLM_MODEL === undefined) {
    return 'LLM_BASE_URL is set, and LLM_MODEL is not. Set LLM_MODEL to a model that the endpoint has, such as gpt-oss:20b.';
  }
  if (LLM_RUN_BUDGET !== undefined && LLM_PRICE_INPUT + LLM_PRICE_OUTPUT === 0) {
    return 'LLM_RUN_BUDGET needs prices to count with. Set LLM_PRICE_INPUT and LLM_PRICE_OUTPUT, in US$ per million tokens.';
  }
  return undefined;
}
