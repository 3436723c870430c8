import type { Generated, Generator } from '../application/ports.js';
import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import type { Program, ProgramName } from '../domain/program.js';
import type { ProgramRules, RulesContext } from '../domain/programs/program-rules.js';

/** The rules of the programs behind the generator port: they compute, wait for nothing, and give the same advice for the same inputs. */
export class RulesGenerator implements Generator {
  readonly name = 'RULES';
  readonly concurrency = 1;
  private readonly rules: ReadonlyMap<ProgramName, ProgramRules>;

  constructor(programs: Iterable<Program>, context: RulesContext) {
    this.rules = new Map(Array.from(programs, (program) => [program.name, program.rules(context, program)]));
  }

  /** @throws RangeError for a program it was not made for: the worker's programs and its generator's differ */
  generate(inputs: PatientInputs, program: Program): Generated {
    const rules = this.rules.get(program.name);
    if (rules === undefined) throw new RangeError(`there are no rules of program ${program.name} in this generator`);
    const row = rules.advise(inputs);
    if ('failed' in row) return { status: 'failed', code: 'INVALID_INPUT', retryable: false, attempts: 1 };
    if ('unsafe' in row)
      return { status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, attempts: 1, trace: { violations: row.unsafe } };
    return { status: 'generated', row, attempts: 1, durationMs: 0 };
  }
}
