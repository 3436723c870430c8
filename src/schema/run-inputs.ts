import { createUnionType, Field, InputType, Int } from 'type-graphql';
import type { GeneratorName, OutcomeName } from '../domain/outcome.js';
import type { LocalDate } from '../domain/local-date.js';
import type { ProgramName } from '../domain/program.js';
import type { AskMode } from '../domain/run/ask-mode.js';
import type { OnExisting, Trigger } from '../domain/run/run-events.js';
import type { RunStatus } from '../domain/run/run.js';
import { AskModeEnum, GeneratorEnum, OnExistingEnum, OutcomeEnum, ProgramEnum, RunStatusEnum, TriggerEnum } from './enums.js';
import { Refused, RunConflict } from './error-type.js';
import { Run } from './run-type.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** What to run. Everything has a default. */
@InputType({ description: 'What to run. Leave everything out for last night’s batch over all users.' })
export class RunBatchInput {
  @Field(() => String, {
    nullable: true,
    description: 'The same key from the same caller is answered with the same run. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;

  @Field(() => ProgramEnum, { nullable: true, description: 'Default: `DAILY`.' })
  program?: ProgramName;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day whose records are read; not in the future. Default: yesterday, and today for `SLEEP`.',
  })
  recordDate?: LocalDate;

  @Field(() => GeneratorEnum, { nullable: true, description: 'Default: the service’s configuration.' })
  generator?: GeneratorName;

  @Field(() => AskModeEnum, { nullable: true, description: 'How a language model is asked. Default: the service’s configuration.' })
  mode?: AskMode;

  @Field(() => [Int], { nullable: true, description: 'Only these users, 1 to 10,000 of them. Default: every active, non-staff account.' })
  userIds?: number[];

  @Field({ defaultValue: false, description: 'Judge and generate, but write no intervention.' })
  dryRun!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'A dry run, also over users with advice: the new advice is compared with what is saved: see `shadowReport` of the run.',
  })
  shadow?: boolean;

  @Field(() => OnExistingEnum, { defaultValue: 'SKIP' })
  onExisting!: OnExisting;

  @Field(() => Int, {
    nullable: true,
    description: 'Users a chunk holds, 1 to 10,000. Default: as configured, and few enough that progress moves by one percent at a time.',
  })
  chunkSize?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for later readers of the log; at most 500 characters, and nothing personal: it is kept.',
  })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it runs without an active schedule, at most 500 characters, and nothing personal: it is kept. Default: refused while none is active.',
  })
  withoutSchedule?: string;
}

/** Which runs to list. */
@InputType({ description: 'Which runs to list.' })
export class RunFilterInput {
  @Field(() => [RunStatusEnum], { nullable: true })
  statuses?: RunStatus[];

  @Field(() => [TriggerEnum], { nullable: true })
  triggers?: Trigger[];

  @Field(() => DateScalar, { nullable: true })
  recordDateFrom?: LocalDate;

  @Field(() => DateScalar, { nullable: true })
  recordDateTo?: LocalDate;

  @Field(() => UuidScalar, { nullable: true })
  scheduleId?: string;

  @Field(() => Boolean, { nullable: true })
  dryRun?: boolean;

  @Field(() => Boolean, { nullable: true })
  shadow?: boolean;

  @Field(() => [ProgramEnum], { nullable: true })
  programs?: ProgramName[];

  @Field(() => [String], { nullable: true, description: 'The actor that asked for them, as `actor` names it, letter for letter.' })
  actors?: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Requested then or later.' })
  requestedFrom?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Requested then or earlier.' })
  requestedTo?: Date;
}

/** Which outcomes of a run to list. */
@InputType({ description: 'Which outcomes of a run to list.' })
export class OutcomeFilterInput {
  @Field(() => [OutcomeEnum], { nullable: true })
  outcomes?: OutcomeName[];

  @Field(() => [String], { nullable: true, description: 'Skip reasons and failure codes.' })
  reasons?: string[];

  @Field(() => [Int], { nullable: true })
  userIds?: number[];
}

/** Which interventions to list. */
@InputType({ description: 'Which interventions to list.' })
export class InterventionFilterInput {
  @Field(() => [Int], { nullable: true })
  userIds?: number[];

  @Field(() => DateScalar, { nullable: true })
  recordDateFrom?: LocalDate;

  @Field(() => DateScalar, { nullable: true })
  recordDateTo?: LocalDate;

  @Field(() => String, { nullable: true, description: '`all`, `sleep` or `food`.' })
  gubun?: string;
}

/** The run that was made. */
@ObjectOfNobody({ description: 'The run that was made, or the one that an earlier request with the same idempotency key had made.' })
export class RunBatchAccepted {
  @Field(() => Run)
  run!: Run;

  @Field({ description: 'True when an earlier request with this key had made the run.' })
  repeated!: boolean;
}

/** What `runBatch` answers. */
export const RunBatchResult = createUnionType({
  name: 'RunBatchResult',
  description: 'The run, or why there is none.',
  types: () => [RunBatchAccepted, Refused, RunConflict] as const,
  resolveType: (value: object) => value.constructor.name,
});
