import type { Generator } from '../src/application/ports.js';
import { readConfig } from '../src/config/config.js';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { FoodBook } from '../src/domain/advice/patient-inputs.js';
import { RULE_VERSION } from '../src/domain/advice/rule-engine.js';
import { createSafetyGate } from '../src/domain/advice/safety-gate.js';
import type { AdviceLanguage } from '../src/domain/advice/language.js';
import type { GeneratorName } from '../src/domain/outcome.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import { GenerationMeter } from '../src/generators/generation-meter.js';
import { assembleLlm, newEndpoint } from '../src/generators/llm/assemble.js';
import { FreePermits } from '../src/generators/llm/permits.js';
import { loadPrompt } from '../src/generators/llm/prompt-file.js';
import { UNLIMITED } from '../src/generators/llm/paid-calls.js';
import { loadPoints } from '../src/generators/points/points-file.js';
import { RulesGenerator } from '../src/generators/rules-generator.js';
import { llmSettings } from '../src/generators/llm/llm-settings.js';
import { UsageError } from './usage-error.js';

/** What is to be evaluated. */
export interface Candidate {
  readonly name: GeneratorName;
  readonly language: AdviceLanguage;
}

/** What a generator is evaluated on, and where it is configured. */
export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly book: FoodBook;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A generator, and what it is in a word. */
export interface EvaluatedGenerator {
  readonly generator: Generator;
  /** The model and the version of its prompt, or the version of the rules. */
  readonly model: string;
}

/** A generator as the service makes it, but without the limits that workers share in a database. @throws UsageError where it is not configured */
export function generatorOf({ name, language }: Candidate, { catalogue, book, environment }: Surroundings): EvaluatedGenerator {
  const tongue = { vocabulary: loadPoints(), language };
  const shared = { catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => book };
  const rules = new RulesGenerator([DAILY], shared);
  if (name === 'RULES') return { generator: rules, model: RULE_VERSION };
  const settings = llmSettings(readConfig(environment));
  if (settings === undefined) {
    throw new UsageError(
      '--generator LLM needs a model: set LLM_BASE_URL to an OpenAI-compatible endpoint and LLM_MODEL to a model it has',
    );
  }
  const prompt = loadPrompt(language);
  const generator = assembleLlm({
    ...shared,
    settings,
    prompt,
    endpoint: newEndpoint(
      { away: nothing, back: nothing, unreadable: nothing, readable: nothing, unsafe: nothing, safe: nothing },
      new FreePermits(),
      settings,
    ),
    spending: UNLIMITED,
    meter: new GenerationMeter(),
    rules,
  });
  return { generator, model: `${settings.model} ${prompt.version}` };
}

/** No listener is told how the endpoint does. */
function nothing(): void {}
