import { ArgsType, Field, Int } from 'type-graphql';
import type { ProgramName } from '../domain/program.js';
import { ProgramEnum } from './enums.js';
import { DateScalar } from './scalars.js';
import { ObjectOfPerson, PartOfPerson } from './of-person.js';

/** Which patient. */
@ArgsType()
export class PatientArgs {
  @Field(() => Int, { nullable: true, description: 'The account’s id. Give this or `userName`.' })
  id?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The account’s user name, letter for letter. It is a person’s: send it as a variable in the body of a POST, or over a WebSocket. In the document or an address it is refused.',
  })
  userName?: string | null;
}

/** A program as it concerns one patient. */
@PartOfPerson({ description: 'A program as it concerns one patient.' })
export class PatientProgram {
  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field({ description: 'Whether an active schedule runs it.' })
  scheduled!: boolean;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Record date of the newest advice, written by this service or by another; null for none.',
  })
  lastRecordDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day that this advice is for.' })
  lastTargetDate!: string | null;
}

/** An account as the batch sees it. */
@ObjectOfPerson(({ id }: Patient) => id, {
  description: 'An account as the batch sees it. What happened to it day by day: `userTimeline`.',
})
export class Patient {
  @Field(() => Int)
  id!: number;

  @Field({ description: 'Whether the account is active.' })
  active!: boolean;

  @Field({ description: 'Whether the account is staff: staff are on no roster.' })
  staff!: boolean;

  @Field({ description: 'Whether a run over all users would cover it: active, and not staff.' })
  onRoster!: boolean;
}
