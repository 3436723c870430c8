import { Field, Int, ObjectType } from 'type-graphql';
import type { FailureCode, GeneratorName, OutcomeName, SkipReason } from '../domain/outcome.js';
import { connectionOf } from './connection.js';
import { FailureCodeEnum, GeneratorEnum, OutcomeEnum, SkipReasonEnum } from './enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

/** One user's final result in a run. */
@ObjectType({ description: 'One user’s final result in a run.' })
export class Outcome {
  @Field(() => UuidScalar)
  runId!: string;

  @Field(() => Int)
  userId!: number;

  @Field(() => OutcomeEnum)
  outcome!: OutcomeName;

  @Field(() => [SkipReasonEnum], { description: 'Why the user was skipped; empty otherwise.' })
  skipReasons!: SkipReason[];

  @Field(() => FailureCodeEnum, { nullable: true, description: 'Why generation failed.' })
  failureCode!: FailureCode | null;

  @Field({ description: 'Whether `retryRun` has a chance with this user.' })
  retryable!: boolean;

  @Field(() => Int, { nullable: true, description: 'Tries that generation took.' })
  attempts!: number | null;

  @Field(() => GeneratorEnum, { nullable: true })
  generator!: GeneratorName | null;

  @Field(() => GeneratorEnum, { nullable: true, description: 'The generator that this one stood in for.' })
  fallbackOf!: GeneratorName | null;

  @Field(() => DateTimeScalar)
  recordedAt!: Date;

  /** Row of `ibsafe_interventionrecord`; loaded by the resolver. */
  interventionId!: number | null;
}

/** A page of outcomes. */
export const OutcomeConnection = connectionOf('Outcome', () => Outcome);
