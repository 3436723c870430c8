import { Field, Float, Int } from 'type-graphql';
import type { FallbackReason, GeneratorName } from '../domain/outcome.js';
import { GeneratorEnum } from './enums.js';
import { FallbackReasonEnum } from './generation-enums.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** What users of one kind took: those that one generator advised, for one reason, or those that failed. */
@ObjectOfNobody({ description: 'What users of one kind took of a language model.' })
export class UsageShare {
  @Field(() => GeneratorEnum, {
    nullable: true,
    description: 'The generator that wrote their advice; null for users whose generation failed.',
  })
  generator!: GeneratorName | null;

  @Field(() => FallbackReasonEnum, { nullable: true, description: 'Why the rules stood in for the model; null where they did not.' })
  fallbackReason!: FallbackReason | null;

  @Field(() => Int)
  users!: number;

  @Field(() => Float, { description: 'A whole number.' })
  tokensIn!: number;

  @Field(() => Float, { description: 'A whole number.' })
  tokensOut!: number;

  @Field(() => Float, { description: 'Of `tokensIn`, those that the endpoint had kept of an earlier call. A whole number.' })
  tokensCached!: number;

  @Field(() => Float, { description: 'In US$, by the prices that were configured then.' })
  costUsd!: number;

  @Field(() => Int, {
    description:
      'Of the users, those whose tokens are estimates, because the endpoint told none that could be believed. Their cost is the most that it can have been.',
  })
  usersEstimated!: number;
}

/** What a run or a month took of a language model. */
@ObjectOfNobody({
  description:
    'What outcomes took of a language model: tokens as the endpoint counted them, estimated where it told none that could be believed. All 0 where none was asked.',
})
export class Usage {
  @Field(() => Float, { description: 'A whole number.' })
  tokensIn!: number;

  @Field(() => Float, { description: 'A whole number.' })
  tokensOut!: number;

  @Field(() => Float, { description: 'Of `tokensIn`, those that the endpoint had kept of an earlier call. A whole number.' })
  tokensCached!: number;

  @Field(() => Float, { description: 'In US$, by the prices that were configured then.' })
  costUsd!: number;

  @Field(() => Int, {
    description:
      'Of the users, those whose tokens are estimates, because the endpoint told none that could be believed. Their cost is the most that it can have been.',
  })
  usersEstimated!: number;

  @Most(30)
  @Field(() => [UsageShare], { description: 'By the generator that wrote the advice and the reason, most users first.' })
  byGenerator!: UsageShare[];

  @Field({ description: 'Whether the budget of a run (`LLM_RUN_BUDGET`) was reached, and the rest of its users went to the rules.' })
  budgetReached!: boolean;
}
