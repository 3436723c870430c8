import type { Generated, Generator, GeneratorStanding, ModelBatches } from '../application/ports.js';
import { batchesBy } from './batches-by.js';
import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import type { PointField } from '../domain/advice/points/point.js';
import { FIELDS_OF } from '../domain/advice/review.js';
import type { Program, ProgramName } from '../domain/program.js';
import type { InterventionRow } from '../domain/programs/intervention-row.js';

/** Where a row has the text of a field. */
const TEXT_OF: Readonly<Record<PointField, (row: InterventionRow) => string>> = {
  DIET_EVALUATION: ({ dietEvaluation }) => dietEvaluation,
  SUMMARY: ({ dietTarget }) => dietTarget?.Summary ?? '',
  EXERCISE_EVALUATION: ({ exerciseEvaluation }) => exerciseEvaluation,
  SLEEP_EVALUATION: ({ sleepEvaluation }) => sleepEvaluation ?? '',
};

/**
 * A generator that is given signed words and dishes alone. Where they do not suffice for a program it serves no user, and says why: a run waits and writes nothing. Where they suffice and
 * a user's advice would still lack a text, since no signed sentence is true of them, that person gets none.
 */
export class SignedGenerator implements Generator {
  readonly name;
  readonly concurrency;
  readonly partUsers?: number;
  readonly tryNow?: () => void;
  readonly batches?: ModelBatches;

  /** @param refusals why a program cannot be served, by its name; absent where it can */
  constructor(
    private readonly inner: Generator,
    private readonly refusals: ReadonlyMap<ProgramName, string>,
  ) {
    this.name = inner.name;
    this.concurrency = inner.concurrency;
    if (inner.partUsers !== undefined) this.partUsers = inner.partUsers;
    if (inner.batches !== undefined) this.batches = batchesOf(inner.batches, refusals);
    if (inner.tryNow !== undefined) this.tryNow = () => inner.tryNow?.();
  }

  readonly standing = (program: Program): GeneratorStanding => {
    const reason = this.refusals.get(program.name);
    return reason === undefined ? (this.inner.standing?.(program) ?? { status: 'SERVES' }) : { status: 'AWAY', reason };
  };

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    const reason = this.refusals.get(program.name);
    if (reason !== undefined) return { status: 'unavailable', reason };
    const generated = this.inner.generate(inputs, program, signal, runId);
    return generated instanceof Promise ? generated.then((each) => whole(each, program)) : whole(generated, program);
  }
}

/** Batches whose answers are held to signed words as well; a program without enough of them is not asked about. */
function batchesOf(inner: ModelBatches, refusals: ReadonlyMap<ProgramName, string>): ModelBatches {
  return batchesBy(() => inner, {
    asks: (program) => !refusals.has(program.name) && inner.asks(program),
    answered: (answers) => new SignedGenerator(inner.answered(answers), refusals),
  });
}

/** Advice with all of its texts, or none. */
function whole(generated: Generated, program: Program): Generated {
  if (generated.status !== 'generated') return generated;
  const { row } = generated;
  if (FIELDS_OF[program.name].every((field) => TEXT_OF[field](row) !== '')) return generated;
  const { attempts, trace } = generated;
  return {
    status: 'failed',
    code: 'UNSAFE_ADVICE',
    retryable: false,
    attempts,
    trace: { ...trace, violations: [...(trace?.violations ?? []), 'EMPTY_TEXT'] },
  };
}
