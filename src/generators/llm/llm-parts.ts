import type { BulkheadPolicy } from 'cockatiel';
import type { Generator, ModelBatches } from '../../application/ports.js';
import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { SafetyGate } from '../../domain/advice/safety-gate.js';
import type { Tongue } from '../../domain/advice/points/tell.js';
import type { Program } from '../../domain/program.js';
import type { GenerationMeter } from '../generation-meter.js';
import type { Account } from './account.js';
import type { EndpointBatchesParts } from './batch/endpoint-batches.js';
import type { Met } from './batch/meet.js';
import type { LearntForm } from './call-form.js';
import type { ModelCaller } from './model-caller.js';
import type { Circuit } from './circuit.js';
import type { DailyPrompt, DailyPrompts } from './daily-prompt.js';
import type { Model } from './model.js';
import type { Prompt } from './prompt-file.js';
import type { Provenance } from './provenance.js';
import type { Readability } from './readability.js';
import type { LlmSettings } from './settings.js';

/** What the generator is made of. */
export interface LlmParts {
  readonly settings: LlmSettings;
  readonly model: Model;
  readonly caller: ModelCaller;
  readonly circuit: Circuit;
  /** One for the process: the chunks of all lanes share the endpoint, also those that an earlier generator has under way. */
  readonly bulkhead: BulkheadPolicy;
  readonly forms: LearntForm;
  readonly prompts: DailyPrompts;
  readonly prompt: Prompt;
  readonly gate: SafetyGate;
  /** Stands in; its advice passes the gate as well. */
  readonly rules: Generator;
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly book: () => FoodBook;
  /** Whether a warning is true of a patient that may not be said: no answer mends that, so no model is asked. */
  readonly hasUnsaid: (inputs: PatientInputs) => boolean;
  readonly meter: GenerationMeter;
  readonly readability: Readability;
  /** Batches at the provider, whose answers are given to the generator that is told. */
  readonly batchesOf: (answered: EndpointBatchesParts['answered']) => ModelBatches;
}

/** One user's generation under way. */
export interface Case {
  readonly inputs: PatientInputs;
  readonly program: Program;
  readonly signal: AbortSignal;
  readonly book: FoodBook;
  readonly prompt: DailyPrompt;
  readonly account: Account;
  readonly provenance: Provenance;
  /** Of a run by batch: what it brought for this patient. */
  readonly met: Met | undefined;
}
