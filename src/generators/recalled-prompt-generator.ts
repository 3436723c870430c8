import type { Generated, Generator, ModelBatches } from '../application/ports.js';
import { batchesBy } from './batches-by.js';
import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import type { Program } from '../domain/program.js';

/** Takes the place of the language model while the version of its prompt is recalled: the rules write, and each outcome says why. */
export class RecalledPromptGenerator implements Generator {
  readonly name = 'LLM';
  readonly concurrency = 1;

  /** None are sent; those that are out are ended and cleaned up, and their answers are not read: they were asked with what is recalled. */
  readonly batches?: ModelBatches;

  constructor(
    private readonly rules: Generator,
    model: Generator,
  ) {
    const { batches } = model;
    if (batches !== undefined) this.batches = batchesBy(() => batches, { asks: () => false, answered: () => this });
  }

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    const ruled = this.rules.generate(inputs, program, signal, runId);
    return ruled instanceof Promise ? ruled.then(insteadOfModel) : insteadOfModel(ruled);
  }
}

function insteadOfModel(ruled: Generated): Generated {
  if (ruled.status === 'unavailable') return ruled;
  const trace = { ...ruled.trace, fallbackReason: 'PROMPT_RECALLED' as const };
  return ruled.status === 'failed' ? { ...ruled, trace } : { ...ruled, generator: 'RULES', fallbackOf: 'LLM', trace };
}
