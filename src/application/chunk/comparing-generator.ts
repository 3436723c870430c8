import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Program } from '../../domain/program.js';
import { differenceOf, type ComparableIntervention } from '../../domain/programs/intervention-difference.js';
import type { Generated, Generator } from '../ports.js';

/**
 * The generator of a shadow run: what another one makes of a user is compared with the advice that is saved, and the fields that differ go with it. A
 * user without saved advice is generated for and compared with nothing.
 */
export class ComparingGenerator implements Generator {
  readonly name: Generator['name'];
  readonly concurrency: number;
  readonly partUsers: number;

  constructor(
    private readonly generator: Generator,
    private readonly saved: ReadonlyMap<number, ComparableIntervention>,
  ) {
    this.name = generator.name;
    this.concurrency = generator.concurrency;
    this.partUsers = generator.partUsers ?? Number.POSITIVE_INFINITY;
  }

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    const generated = this.generator.generate(inputs, program, signal, runId);
    return generated instanceof Promise ? generated.then((each) => this.compared(inputs, each)) : this.compared(inputs, generated);
  }

  private compared({ userId }: PatientInputs, generated: Generated): Generated {
    const before = this.saved.get(userId);
    if (generated.status !== 'generated' || before === undefined) return generated;
    return { ...generated, trace: { ...generated.trace, differences: differenceOf(before, generated.row).fields } };
  }
}
