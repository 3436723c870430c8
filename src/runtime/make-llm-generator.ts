import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Generator } from '../application/ports.js';
import { Workers } from '../store/workers.js';
import type { Config } from '../config.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { FoodBook } from '../domain/advice/patient-inputs.js';
import type { Tongue } from '../domain/advice/points/tell.js';
import type { SafetyGate } from '../domain/advice/safety-gate.js';
import type { GenerationMeter } from '../generators/generation-meter.js';
import { assembleLlm } from '../generators/llm/assemble.js';
import type { LlmGenerator } from '../generators/llm/llm-generator.js';
import { FreePermits, type Permits } from '../generators/llm/permits.js';
import { PostgresPermits } from '../generators/llm/postgres-permits.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import type { LlmSettings } from '../generators/llm/settings.js';
import { PostgresSpending, UNLIMITED } from '../generators/llm/spending.js';
import type { Logger } from '../server/http/options.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { watchModel } from './model-watch.js';

/** What the LLM generator shares with the rest of the process. */
export interface LlmNeeds {
  readonly config: Config;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly meter: GenerationMeter;
  readonly workerId: string;
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly gate: SafetyGate;
  readonly book: () => FoodBook;
  readonly rules: Generator;
}

/** The LLM generator as configured; undefined when no endpoint is. @throws when its prompt cannot be read */
export function makeLlmGenerator({ config, pool, logger, meter, workerId, ...shared }: LlmNeeds): LlmGenerator | undefined {
  const settings = llmSettings(config);
  if (settings === undefined) return undefined;
  const spending = settings.runBudgetMicros === undefined ? UNLIMITED : new PostgresSpending(pool, settings.runBudgetMicros);
  const note = (problem: string | null): void => void new Workers(pool).noteModel(workerId, problem).catch(() => undefined);
  const listener = watchModel({ logger, meter, model: settings.model, note });
  return assembleLlm({
    ...shared,
    settings,
    prompt: loadPrompt(shared.tongue.language),
    permits: permitsOf(settings, pool),
    spending,
    listener,
    meter,
  });
}

function permitsOf({ baseUrl, model, requestsPerMinute, tokensPerMinute }: LlmSettings, pool: pg.Pool): Permits {
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return new FreePermits();
  // A hash, because an address says more about a company than a table of rates needs to know.
  const endpoint = createHash('sha256').update(`${baseUrl}\n${model}`).digest('hex').slice(0, 16);
  return new PostgresPermits(pool, endpoint, { requestsPerMinute, tokensPerMinute });
}
