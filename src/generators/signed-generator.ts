import type { Generated, Generator, GeneratorStanding, ModelBatches } from '../application/ports.js';
import { batchesBy } from './batches-by.js';
import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import type { Program, ProgramName } from '../domain/program.js';

/** A generator that is given signed words and dishes alone. Where they do not suffice for a program it serves no user, and says why: a run waits and writes nothing. */
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
    return this.inner.generate(inputs, program, signal, runId);
  }
}

/** Batches whose answers are held to signed words as well; a program without enough of them is not asked about. */
function batchesOf(inner: ModelBatches, refusals: ReadonlyMap<ProgramName, string>): ModelBatches {
  return batchesBy(() => inner, {
    asks: (program) => !refusals.has(program.name) && inner.asks(program),
    answered: (answers) => new SignedGenerator(inner.answered(answers), refusals),
  });
}
