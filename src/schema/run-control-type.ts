import { createUnionType, Field, InputType, Int } from 'type-graphql';
import type { FailureCode, GeneratorName, OutcomeName, SkipReason } from '../domain/outcome.js';
import type { RetriableOutcome } from '../domain/run/decide-retry.js';
import type { OnExisting } from '../domain/run/run-events.js';
import { RetriableOutcomeEnum } from './control-enums.js';
import { GeneratorEnum, OnExistingEnum, OutcomeEnum } from './enums.js';
import { Refused } from './error-type.js';
import { ReasonCount } from './progress-type.js';
import { Run } from './run-type.js';
import { UuidScalar } from './scalars.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** The users that a run takes out of its parent. */
@ObjectOfNobody({ description: 'The users that a run takes out of its parent.' })
export class RetrySelection {
  @Most(10)
  @Field(() => [OutcomeEnum])
  outcomes!: readonly OutcomeName[];

  @Most(100)
  @Field(() => [String], { nullable: true, description: 'Skip reasons and failure codes, one of which a user had; null for any.' })
  reasons!: readonly string[] | null;
}

/** Which users of which run to repeat. */
@InputType({ description: 'Which users of which run to repeat: for the same program and record date, dry where the run was.' })
export class RetryRunInput {
  @Field(() => UuidScalar, { description: 'The run to repeat users of. It must have ended.' })
  runId!: string;

  @Field(() => [RetriableOutcomeEnum], {
    nullable: true,
    description: 'Users with one of these outcomes. Default: the outcomes that `reasons` belong to; without them FAILED.',
  })
  only?: RetriableOutcome[];

  @Field(() => [String], { nullable: true, description: 'Only users with one of these skip reasons or failure codes.' })
  reasons?: (SkipReason | FailureCode)[];

  @Field(() => [Int], { nullable: true, description: 'Of these, only those users, 1 to 10,000 of them. Default: all.' })
  userIds?: number[];

  @Field(() => GeneratorEnum, { nullable: true, description: 'Default: the generator of the run.' })
  generator?: GeneratorName;

  @Field(() => OnExistingEnum, { nullable: true, description: 'Default: as in the run.' })
  onExisting?: OnExisting;

  @Field(() => String, {
    nullable: true,
    description: 'The same key from the same caller is answered with the same run. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters, and nothing personal: it is kept.' })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it runs without an active schedule, at most 500 characters, and nothing personal: it is kept. Default: refused while none is active.',
  })
  withoutSchedule?: string;
}

/** A run after an operator's order. */
@ObjectOfNobody({ description: 'The run as it stands now.' })
export class RunChanged {
  @Field(() => Run)
  run!: Run;
}

/** What `cancelRun`, `pauseRun` and `resumeRun` answer. */
export const RunResult = createUnionType({
  name: 'RunResult',
  description: 'The run, or why nothing was done.',
  types: () => [RunChanged, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});

/** What a run came to, or in a dry run would have come to. */
@ObjectOfNobody({ description: 'What a run came to so far. In a dry run: what it would have written.' })
export class RunReport {
  @Field({ description: 'Whether nothing was written.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'Interventions that were written, or in a dry run would have been.' })
  interventions!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Of them, those in the place of one that was there when the run was asked for. Null for a run whose outcomes were let go.',
  })
  replacing!: number | null;

  @Field(() => Int, { description: 'Users that keep the intervention that was there.' })
  keeping!: number;

  @Field(() => Int)
  skipped!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  cancelled!: number;

  @Most(20)
  @Field(() => [ReasonCount], { description: 'Why users were skipped and failed, most frequent first.' })
  reasons!: ReasonCount[];
}
