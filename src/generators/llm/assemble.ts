import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import type { Generator } from '../../application/ports.js';
import type { FoodBook } from '../../domain/advice/patient-inputs.js';
import { createRuleEngine } from '../../domain/advice/rule-engine.js';
import type { SafetyGate } from '../../domain/advice/safety-gate.js';
import type { GenerationMeter } from '../generation-meter.js';
import { HttpBatchEndpoint } from './batch/batch-endpoint.js';
import { EndpointBatches } from './batch/endpoint-batches.js';
import { fullForm, LearntForm } from './call-form.js';
import { ModelCaller } from './model-caller.js';
import { Circuit, type CircuitListener } from './circuit.js';
import { DailyPrompts, type PromptParts } from './daily-prompt.js';
import { EndpointModel } from './endpoint-model.js';
import { LlmGenerator } from './llm-generator.js';
import type { LlmParts } from './llm-parts.js';
import type { Question } from './model.js';
import { PaidCalls, type Spending } from './paid-calls.js';
import type { Permits } from './permits.js';
import { Readability, type ReadingListener } from './readability.js';
import { Refusals } from './refusals.js';
import type { LlmSettings } from './settings.js';
import { NOBODY } from './token-guess.js';

/** What a process knows of an endpoint. It outlives a generator: one that is made anew after a recall asks the same endpoint. */
export interface KnownEndpoint {
  readonly circuit: Circuit;
  readonly readability: Readability;
  readonly permits: Permits;
  /** Calls that are under way at once. */
  readonly bulkhead: BulkheadPolicy;
}

/** Nothing is known of the endpoint yet. */
export function newEndpoint(
  listener: CircuitListener & ReadingListener,
  permits: Permits,
  { concurrency }: Pick<LlmSettings, 'concurrency'>,
): KnownEndpoint {
  const calls = bulkhead(concurrency, Number.POSITIVE_INFINITY);
  return { circuit: new Circuit(listener), readability: new Readability(listener), permits, bulkhead: calls };
}

/** What the generator for a language model is made from. */
export interface LlmNeeds extends PromptParts {
  readonly settings: LlmSettings;
  readonly endpoint: KnownEndpoint;
  readonly spending: Spending;
  readonly meter: GenerationMeter;
  readonly gate: SafetyGate;
  readonly book: () => FoodBook;
  /** Stands in; its advice passes the gate as well. */
  readonly rules: Generator;
}

/** Puts the generator together: settings in, everything between a user and the endpoint out. */
export function assembleLlm({ endpoint, spending, ...shared }: LlmNeeds): LlmGenerator {
  const { settings, meter } = shared;
  const model = new EndpointModel(settings);
  const { circuit, readability, permits, bulkhead: atOnce } = endpoint;
  const prompts = new DailyPrompts(shared);
  const calls = new PaidCalls({ model, permits, spending, meter, settings });
  const forms = new LearntForm(fullForm(settings.structured));
  const refusals = new Refusals({
    calls,
    forms,
    ownQuestion: () => questionAboutNobody(prompts),
    mustStructure: settings.structured === 'on',
    timeoutMs: settings.timeoutMs,
  });
  const caller = new ModelCaller({ calls, circuit, permits, forms, refusals });
  const hasUnsaid = hasUnsaidOf(shared);
  const batchesOf: LlmParts['batchesOf'] = (answered) =>
    new EndpointBatches({ endpoint: new HttpBatchEndpoint(settings), model, prompts, forms, book: shared.book, hasUnsaid, settings, answered }); // prettier-ignore
  return new LlmGenerator({ ...shared, model, caller, circuit, bulkhead: atOnce, forms, prompts, readability, hasUnsaid, batchesOf });
}

/** By what the gate says of the rules' own menu. */
function hasUnsaidOf({ tongue, catalogue, gate, book }: Pick<LlmNeeds, 'tongue' | 'catalogue' | 'gate' | 'book'>): LlmParts['hasUnsaid'] {
  if (tongue.vocabulary.silenced.length === 0) return () => false;
  const engine = createRuleEngine(catalogue, { gate });
  return (inputs) => {
    const advised = engine.advise(inputs, book());
    return 'violations' in advised && advised.violations.includes('UNSAID_WARNING');
  };
}

/** A question of our own: as long as any, and about no patient. */
export function questionAboutNobody(prompts: DailyPrompts): Question {
  const { system, user, seed } = prompts.of(NOBODY, new Map());
  return { system, messages: [{ role: 'user', content: user }], seed };
}
