import type { Generated, Generator } from '../../application/ports.js';
import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { FallbackReason } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import type { GenerationMeter } from '../generation-meter.js';
import type { Provenance } from './provenance.js';

/** What stands in for a model, and where that is counted. */
interface StandInParts {
  readonly rules: Generator;
  readonly meter: GenerationMeter;
}

/** Why the rules stand in, and how the model was asked before; without `provenance` it was not. */
interface Occasion {
  readonly signal: AbortSignal;
  readonly runId: string;
  readonly reason: FallbackReason;
  readonly provenance?: Provenance;
}

/** Has the rules write the advice that the model did not. Its outcome tells both: its generator, and the result of asking the model. */
export async function standIn(
  { rules, meter }: StandInParts,
  inputs: PatientInputs,
  program: Program,
  { signal, runId, reason, provenance }: Occasion,
): Promise<Generated> {
  const ruled = await rules.generate(inputs, program, signal, runId);
  if (ruled.status === 'unavailable') return ruled;
  meter.fellBack(reason);
  const trace = { ...provenance?.trace(), ...ruled.trace, fallbackReason: reason };
  if (ruled.status === 'failed') return { ...ruled, attempts: Math.max(1, provenance?.attempts ?? 1), trace };
  const outputs =
    provenance?.outputs({ generator: 'RULES', fallbackReason: reason, said: saidBy(ruled.row.outputs ?? '{}') }) ?? ruled.row.outputs;
  const row = { ...ruled.row, outputs };
  const { attempts = 1, durationMs = ruled.durationMs } = provenance ?? {};
  return { status: 'generated', row, attempts: Math.max(1, attempts), durationMs, generator: 'RULES', fallbackOf: 'LLM', trace };
}

/** The members of the rules' own `outputs`, which say what was said and by which vocabulary. */
function saidBy(outputs: string): string {
  return outputs.slice(1, -1);
}
