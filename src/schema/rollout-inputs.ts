import { createUnionType, Field, Float, InputType, Int } from 'type-graphql';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import { GeneratorEnum, ProgramEnum } from './enums.js';
import { Refused } from './error-type.js';
import { ObjectOfNobody } from './of-person.js';
import { Rollout } from './rollout-type.js';

/** When a rollout is to stop by itself. */
@InputType({ description: 'When a rollout is to stop by itself. What is left out is as usual.' })
export class RolloutThresholdsInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Users, or judged rows, of the candidate below which nothing is concluded. Default: 200.',
  })
  leastUsers?: number;

  @Field(() => Int, { nullable: true, description: 'Allowed of each figure, in percent of that of the version in force. Default: 50.' })
  relativePercent?: number;

  @Field(() => Int, { nullable: true, description: 'Allowed on top, in percent of judged rows. Default: 0.' })
  falsehoodsPercent?: number;

  @Field(() => Int, { nullable: true, description: 'Allowed on top, in percent of users. Default: 5.' })
  gateDropsPercent?: number;

  @Field(() => Int, { nullable: true, description: 'Allowed on top, in percent of users. Default: 5.' })
  fallbacksPercent?: number;

  @Field(() => Int, { nullable: true, description: 'Allowed on top, in percent of users. Default: 2.' })
  failuresPercent?: number;

  @Field(() => Float, { nullable: true, description: 'Allowed on top for 1,000 users, in US$. Default: 1.' })
  priceUsd?: number;
}

/** What to try, and on which users. */
@InputType({ description: 'On which share of the users the configured candidate is tried.' })
export class RolloutInput {
  @Field(() => ProgramEnum, { defaultValue: 'daily' })
  program!: ProgramName;

  @Field(() => Int, { description: 'Percent of the users, 1 to 100.' })
  sharePercent!: number;

  @Field(() => GeneratorEnum, {
    nullable: true,
    description: 'The generator of the version in force: runs that ask for it take part. Default: that of the service.',
  })
  against?: GeneratorName;

  @Field(() => String, {
    nullable: true,
    description: 'What users are drawn by: 1 to 40 small letters, digits and dashes. Default: one of its own.',
  })
  seed?: string;

  @Field(() => RolloutThresholdsInput, { nullable: true })
  thresholds?: RolloutThresholdsInput;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters on one line, and nothing personal: it is kept.' })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The same key from the same caller is answered with the same rollout. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;
}

/** The rollout that was begun or changed. */
@ObjectOfNobody({ description: 'The rollout as it stands now.' })
export class RolloutAccepted {
  @Field(() => Rollout)
  rollout!: Rollout;

  @Field({ description: 'True when an earlier request with this key had begun the rollout.' })
  repeated!: boolean;
}

/** What mutations of rollouts answer. */
export const RolloutResult = createUnionType({
  name: 'RolloutResult',
  description: 'The rollout, or why nothing was done.',
  types: () => [RolloutAccepted, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
