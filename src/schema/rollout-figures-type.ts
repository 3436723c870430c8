import { Field, Float, Int } from 'type-graphql';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';
import { DateScalar } from './scalars.js';

/** What one side came to. */
@ObjectOfNobody({ description: 'What one side of a rollout came to.' })
export class RolloutSide {
  @Field(() => Int, { description: 'Users that it advised or failed.' })
  users!: number;

  @Field(() => Int)
  advised!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int, {
    description:
      'Users whose advice the rules wrote, because the model gave none that could be used. A budget that was reached does not count.',
  })
  fallbacks!: number;

  @Field(() => Int, { description: 'Users of whose advice the gate dropped a point that was not true.' })
  pointsDropped!: number;

  @Field(() => Int, { description: 'Users with an answer that the gate refused for its meals or its form.' })
  answersRefused!: number;

  @Field(() => Int, { description: 'Users of either kind, each once.' })
  gateDrops!: number;

  @Field(() => Int, {
    description: 'Saved rows that were judged apart (`npm run eval -- --rollout`). 0 before the first time, and of a night.',
  })
  judgedRows!: number;

  @Field(() => Int, { description: 'Of these, rows with something that is not true.' })
  falsehoods!: number;

  @Field(() => Float, { description: 'A whole number.' })
  tokensIn!: number;

  @Field(() => Float, { description: 'A whole number.' })
  tokensOut!: number;

  @Field(() => Float, { description: 'In US$, by the prices that were configured then.' })
  costUsd!: number;

  @Field(() => Float, { nullable: true, description: 'The same for 1,000 advised users; null where there are none.' })
  costPer1000Usd!: number | null;

  @Field(() => Int, { nullable: true, description: 'ms that an advised user took, on average; null where there are none.' })
  meanMs!: number | null;
}

/** Both sides on one record date. */
@ObjectOfNobody({ description: 'Both sides of a rollout on one record date.' })
export class RolloutNight {
  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => RolloutSide)
  candidate!: RolloutSide;

  @Field(() => RolloutSide)
  inForce!: RolloutSide;
}

/** Both sides side by side. */
@ObjectOfNobody({ description: 'Both sides of a rollout, side by side.' })
export class RolloutReport {
  @Field(() => RolloutSide)
  candidate!: RolloutSide;

  @Field(() => RolloutSide)
  inForce!: RolloutSide;

  @Most(100)
  @Field(() => [RolloutNight], { description: 'By record date, the latest first; at most 100.' })
  nights!: RolloutNight[];
}
