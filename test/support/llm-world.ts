import type { Generated } from '../../src/application/ports.js';
import { createSafetyGate } from '../../src/domain/advice/safety-gate.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { Vocabulary } from '../../src/domain/advice/points/vocabulary.js';
import type { AdviceLanguage } from '../../src/domain/advice/language.js';
import { ALL_PROGRAMS } from '../../src/domain/programs/all-programs.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { GenerationMeter } from '../../src/generators/generation-meter.js';
import { assembleLlm, newEndpoint } from '../../src/generators/llm/assemble.js';
import type { CircuitListener } from '../../src/generators/llm/circuit.js';
import type { LlmGenerator } from '../../src/generators/llm/llm-generator.js';
import { FreePermits, type Permits } from '../../src/generators/llm/permits.js';
import type { ReadingListener } from '../../src/generators/llm/readability.js';
import { loadPrompt } from '../../src/generators/llm/prompt-file.js';
import { USUAL_BATCH, type LlmSettings } from '../../src/generators/llm/settings.js';
import { UNLIMITED, type Spending } from '../../src/generators/llm/paid-calls.js';
import { RulesGenerator } from '../../src/generators/rules-generator.js';
import type { Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel, type LocalModel, type Received } from '../../src/local-model/local-model.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { book, catalogue, vocabulary } from '../domain/advice/advice-fixture.js';

/** The LLM generator in front of a local model that does as a test says, without a database. */
export interface LlmWorld extends AsyncDisposable {
  readonly model: LocalModel;
  /** Chat requests in the order they came. */
  readonly received: Received[];
  readonly meter: GenerationMeter;
  readonly generator: LlmGenerator;
  /** Another generator of the same endpoint, as a recall makes one beside what is under way. */
  renewed(): LlmGenerator;
  generate(inputs: PatientInputs, signal?: AbortSignal): Promise<Generated>;
}

/** What a test may say about it. */
export interface LlmWorldOptions {
  readonly behave?: (received: number, request: ChatRequest) => Behaviour;
  readonly settings?: Partial<LlmSettings>;
  readonly language?: AdviceLanguage;
  /** Default: all of the project's. */
  readonly words?: Vocabulary;
  readonly permits?: Permits;
  readonly spending?: Spending;
  readonly listener?: Partial<CircuitListener & ReadingListener>;
}

export const RUN_ID = '0198f0a0-0000-7000-8000-000000000001';

/** Opens a local model and a generator that asks it. */
export async function openLlmWorld(options: LlmWorldOptions = {}): Promise<LlmWorld> {
  const received: Received[] = [];
  const behave = options.behave ?? ((): Behaviour => ({ kind: 'sound' }));
  const local = await openLocalModel({ port: 0, behave, onReceived: (each) => received.push(each) });
  const settings: LlmSettings = {
    baseUrl: local.url,
    model: 'local',
    structured: 'auto',
    timeoutMs: 5_000,
    loadMs: 10_000,
    maxOutputTokens: 1_500,
    concurrency: 8,
    fallback: 'RULES',
    onOutage: 'PAUSE',
    price: { input: 1, cachedInput: 1, output: 2 },
    batch: USUAL_BATCH,
    ...options.settings,
  };
  const language = options.language ?? 'ko';
  const tongue = { vocabulary: options.words ?? vocabulary, language };
  const [meter, gate] = [new GenerationMeter(), createSafetyGate(catalogue, tongue)];
  const rules = new RulesGenerator(ALL_PROGRAMS, { catalogue, tongue, gate, book: () => book });
  const { permits = new FreePermits(), spending = UNLIMITED } = options;
  const listener = { away: nobody, back: nobody, unreadable: nobody, readable: nobody, unsafe: nobody, safe: nobody, ...options.listener };
  const prompt = loadPrompt(language);
  const endpoint = newEndpoint(listener, permits, settings);
  const make = (): LlmGenerator =>
    assembleLlm({
      settings,
      prompt,
      endpoint,
      spending,
      meter,
      catalogue,
      tongue,
      gate,
      book: () => book,
      rules,
    });
  const generator = make();
  return {
    model: local,
    received,
    meter,
    generator,
    renewed: make,
    generate: (inputs, signal = new AbortController().signal) => generator.generate(inputs, DAILY, signal, RUN_ID),
    [Symbol.asyncDispose]: () => local.close(),
  };
}

function nobody(): void {}
