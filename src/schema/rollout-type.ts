import { Field, Float, Int } from 'type-graphql';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import { ARMS } from '../domain/rollout/arm.js';
import { ROLLOUT_STATUSES, type RolloutStatus } from '../domain/rollout/rollout.js';
import { STOP_CAUSES, type StopCause } from '../domain/rollout/stop-rule.js';
import { connectionOf } from './connection.js';
import { enumOf, GeneratorEnum, ProgramEnum } from './enums.js';
import { ObjectOfNobody } from './of-person.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

export const RolloutArmEnum = enumOf(ARMS, {
  name: 'RolloutArm',
  description: 'Which side of a rollout wrote an advice.',
  values: { CANDIDATE: 'The version on trial.', IN_FORCE: 'The version that all users had before it.' },
});

const RolloutStatusEnum = enumOf(ROLLOUT_STATUSES, {
  name: 'RolloutStatus',
  description: 'Where a rollout stands.',
  values: {
    RUNNING: 'A share of the users gets the candidate.',
    PROMOTED: 'All users get the candidate, until the configuration has it and the rollout is stopped.',
    STOPPED: 'No user gets the candidate any more.',
  },
});

const RolloutStopCauseEnum = enumOf(STOP_CAUSES, {
  name: 'RolloutStopCause',
  description: 'Why a rollout was stopped.',
  values: {
    OPERATOR: 'An operator stopped it.',
    CANDIDATE_AWAY: 'Its endpoint served no user, and the version in force did.',
    FALSEHOODS: 'An independent look at saved rows found more that is not true than is allowed.',
    GATE_DROPS: 'The safety gate dropped points, or refused answers, of more users than is allowed.',
    FALLBACKS: 'The rules stood in for the model for more users than is allowed.',
    FAILURES: 'More users failed than is allowed.',
    PRICE: 'A user cost more than is allowed.',
  },
});

/** What writes advice. */
@ObjectOfNobody({ description: 'What writes advice: a generator with its words.' })
export class AdviceVersion {
  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => String, { nullable: true, description: 'The language model; null of the rules.' })
  model!: string | null;

  @Field(() => String, { nullable: true, description: 'Version of its prompt; null of the rules.' })
  promptVersion!: string | null;

  @Field({ description: 'Version of the vocabulary.' })
  vocabulary!: string;
}

/** When a rollout stops by itself. */
@ObjectOfNobody({
  description:
    'When a rollout stops by itself: a figure of the candidate is above that of the version in force, `relativePercent` of it more, and what is allowed for the figure on top.',
})
export class RolloutThresholds {
  @Field(() => Int, { description: 'Users, or judged rows, of the candidate below which nothing is concluded.' })
  leastUsers!: number;

  @Field(() => Int, { description: 'Allowed of each figure, in percent of that of the version in force.' })
  relativePercent!: number;

  @Field(() => Int, { description: 'Allowed on top for rows with something that is not true, in percent of judged rows.' })
  falsehoodsPercent!: number;

  @Field(() => Int, { description: 'Allowed on top for points dropped and answers refused by the gate, in percent of users.' })
  gateDropsPercent!: number;

  @Field(() => Int, { description: 'Allowed on top for users whose advice the rules wrote, in percent of users.' })
  fallbacksPercent!: number;

  @Field(() => Int, { description: 'Allowed on top for users that failed, in percent of users.' })
  failuresPercent!: number;

  @Field(() => Float, { description: 'Allowed on top for the price of 1,000 users, in US$.' })
  priceUsd!: number;
}

/** The figure that passed its limit. */
@ObjectOfNobody({ description: 'The figure that passed its limit: percent of users or of judged rows, of PRICE US$ for 1,000 users.' })
export class RolloutStopFigure {
  @Field(() => Float)
  candidate!: number;

  @Field(() => Float)
  inForce!: number;

  @Field(() => Float)
  limit!: number;

  @Field(() => Int, { description: 'Users, or judged rows, of the candidate that it was worked out from.' })
  users!: number;
}

/** A version on trial. Its figures are a field of the resolver. */
@ObjectOfNobody({ description: 'A version of model, prompt or vocabulary that a share of the users gets, beside the version in force.' })
export class Rollout {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => RolloutStatusEnum)
  status!: RolloutStatus;

  @Field(() => AdviceVersion)
  candidate!: AdviceVersion;

  @Field(() => AdviceVersion, { description: 'As it was when the rollout began. Runs that ask for its generator take part.' })
  inForce!: AdviceVersion;

  @Field({
    description:
      'Whether the process that answers is configured for this candidate. Workers that are not give all users the version in force.',
  })
  isConfigured!: boolean;

  @Field(() => Int, { description: 'Percent of the users. A higher share adds users, and takes the candidate from none.' })
  sharePercent!: number;

  @Field({ description: 'What users are drawn by. The same seed and share give the same users the candidate.' })
  seed!: string;

  @Field(() => RolloutThresholds)
  thresholds!: RolloutThresholds;

  @Field(() => String, { nullable: true, description: 'Why it was begun, in an operator’s words.' })
  reason!: string | null;

  @Field({ description: 'The actor that began it.' })
  actor!: string;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When saved rows were last judged apart; null before the first time.' })
  judgedAt!: Date | null;

  @Field(() => RolloutStopCauseEnum, { nullable: true, description: 'Why it was stopped; null while it goes on.' })
  stopCause!: StopCause | null;

  @Field(() => RolloutStopFigure, { nullable: true, description: 'Where a figure passed its limit.' })
  stopFigure!: RolloutStopFigure | null;

  @Field(() => DateTimeScalar, { nullable: true })
  promotedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  stoppedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The actor that stopped or promoted it: an operator, or the worker that did by itself.',
  })
  endedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in an operator’s words.' })
  endReason!: string | null;
}

/** A page of rollouts. */
export const RolloutConnection = connectionOf('Rollout', () => Rollout);
