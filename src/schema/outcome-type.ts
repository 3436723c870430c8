import { Field, Float, Int } from 'type-graphql';
import type { ViolationCode } from '../domain/advice/violation-codes.js';
import type { BatchMeeting, FailureCode, FallbackReason, GeneratorName, OutcomeName, SkipReason } from '../domain/outcome.js';
import { connectionOf } from './connection.js';
import { FailureCodeEnum, GeneratorEnum, OutcomeEnum, SkipReasonEnum } from './enums.js';
import { BatchMeetingEnum, FallbackReasonEnum, ViolationEnum } from './generation-enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import type { Arm } from '../domain/rollout/arm.js';
import { RolloutArmEnum } from './rollout-type.js';
import { Most } from './list-size.js';
import { ObjectOfPerson } from './of-person.js';

/** One user's final result in a run. */
@ObjectOfPerson(({ userId }: Outcome) => userId, { description: 'One user’s final result in a run.' })
export class Outcome {
  @Field(() => UuidScalar)
  runId!: string;

  @Field(() => Int, { nullable: true, description: 'Null after the person was erased: the outcome counts, and leads to no one.' })
  userId!: number | null;

  @Field(() => OutcomeEnum)
  outcome!: OutcomeName;

  @Most(10)
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

  @Field(() => FallbackReasonEnum, { nullable: true, description: 'Why it stood in.' })
  fallbackReason!: FallbackReason | null;

  @Field(() => BatchMeetingEnum, {
    nullable: true,
    description: 'Whether a batch brought the answer; null where the user was asked by a call from the first.',
  })
  batch!: BatchMeeting | null;

  @Most(40)
  @Field(() => [ViolationEnum], { description: 'What the safety gate found on the way. What was saved has none of it.' })
  violations!: readonly ViolationCode[];

  @Field(() => Int, { nullable: true, description: 'What generation took, in ms; 0 for less than one.' })
  durationMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'Tokens sent to a language model; null where none was asked.' })
  tokensIn!: number | null;

  @Field(() => Int, { nullable: true, description: 'Tokens that a language model answered with.' })
  tokensOut!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of `tokensIn`, those that the endpoint had kept of an earlier call.' })
  tokensCached!: number | null;

  @Field({ description: 'Whether tokens are estimates, because the endpoint told none that could be believed.' })
  tokensEstimated!: boolean;

  @Field(() => Float, { nullable: true, description: 'What they cost in US$, by the prices that were configured then.' })
  costUsd!: number | null;

  @Field(() => String, { nullable: true, description: 'The language model that was asked.' })
  model!: string | null;

  @Field(() => String, { nullable: true, description: 'Version of its prompt.' })
  promptVersion!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of everything the advice was made from: equal for equal inputs.' })
  inputsHash!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the model’s last answer.' })
  responseHash!: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The rollout that was going on; null where none was.' })
  rolloutId!: string | null;

  @Field(() => RolloutArmEnum, { nullable: true, description: 'Which of its sides wrote this.' })
  rolloutArm!: Arm | null;

  @Field(() => DateTimeScalar)
  recordedAt!: Date;

  /** Row of `ibsafe_interventionrecord`; loaded by the resolver. */
  interventionId!: number | null;
}

/** A page of outcomes. */
export const OutcomeConnection = connectionOf('Outcome', () => Outcome);
