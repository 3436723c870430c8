import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Generator } from '../application/ports.js';
import { ConfigError, type Config } from '../config.js';
import type { Catalogue } from '../domain/advice/catalogue.js';
import type { FoodBook } from '../domain/advice/patient-inputs.js';
import type { SafetyGate } from '../domain/advice/safety-gate.js';
import type { GenerationMeter } from '../generators/generation-meter.js';
import { AiSdkModel } from '../generators/llm/ai-sdk-model.js';
import { Caller } from '../generators/llm/caller.js';
import { Circuit } from '../generators/llm/circuit.js';
import { DailyPrompts } from '../generators/llm/daily-prompt.js';
import { LlmGenerator } from '../generators/llm/llm-generator.js';
import { FreePermits, type Permits } from '../generators/llm/permits.js';
import { PostgresPermits } from '../generators/llm/postgres-permits.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import type { LlmSettings } from '../generators/llm/settings.js';
import { PostgresSpending, UNLIMITED } from '../generators/llm/spending.js';
import type { Logger } from './http/options.js';

/** What the LLM generator shares with the rest of the process. */
export interface LlmNeeds {
  readonly config: Config;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly meter: GenerationMeter;
  readonly catalogue: Catalogue;
  readonly gate: SafetyGate;
  readonly book: () => FoodBook;
  readonly rules: Generator;
}

/** The LLM generator as configured; undefined when no endpoint is. @throws when its prompt cannot be read */
export function makeLlmGenerator({ config, pool, logger, meter, ...shared }: LlmNeeds): LlmGenerator | undefined {
  const settings = llmSettings(config);
  if (settings === undefined) return undefined;
  const language = config.ADVICE_LANGUAGE;
  const prompt = loadPrompt(language);
  const model = new AiSdkModel(settings);
  const circuit = new Circuit({
    opened: ({ kind, status }, forMs) => logger.warn({ code: kind, status, forMs }, 'the model fails; it is left alone for a while'),
    closed: () => logger.info({}, 'the model answers again'),
  });
  const spending = settings.runBudgetMicros === undefined ? UNLIMITED : new PostgresSpending(pool, settings.runBudgetMicros);
  const caller = new Caller({ model, permits: permitsOf(settings, pool), spending, circuit, meter, settings });
  const prompts = new DailyPrompts(shared.catalogue, prompt);
  return new LlmGenerator({ ...shared, settings, model, caller, circuit, prompts, promptVersion: prompt.version, language, meter });
}

function permitsOf({ baseUrl, model, requestsPerMinute, tokensPerMinute }: LlmSettings, pool: pg.Pool): Permits {
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return new FreePermits();
  // A hash, because an address says more about a company than a table of rates needs to know.
  const endpoint = createHash('sha256').update(`${baseUrl}\n${model}`).digest('hex').slice(0, 16);
  return new PostgresPermits(pool, endpoint, { requestsPerMinute, tokensPerMinute });
}

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
    concurrency: config.LLM_CONCURRENCY,
    fallback: config.LLM_FALLBACK,
    onOutage: config.LLM_ON_OUTAGE,
    price: { input: config.LLM_PRICE_INPUT, output: config.LLM_PRICE_OUTPUT },
    ...(apiKey !== undefined && { apiKey }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(budget !== undefined && { runBudgetMicros: Math.floor(budget * 1_000_000) }),
  };
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
