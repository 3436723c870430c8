import { Field, Float, Int } from 'type-graphql';
import type { InterventionField } from '../domain/programs/intervention-difference.js';
import { FORECAST_BASES, type ForecastBasis } from '../domain/run/forecast.js';
import { enumOf } from './enums.js';
import { InterventionFieldEnum } from './intervention-diff-type.js';
import { Most } from './list-size.js';
import { DateTimeScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

const ForecastBasisEnum = enumOf(FORECAST_BASES, {
  name: 'ForecastBasis',
  description: 'What a forecast was made from.',
  values: {
    PAST_RUNS: 'The last runs of the same generator and program.',
    ESTIMATE: 'What is configured, and the size of a prompt: there were no such runs yet.',
  },
});

/** What a run was expected to come to by batches. */
@ObjectOfNobody({ description: 'What a run would come to whose model is asked by batches at the provider.' })
export class BatchForecast {
  @Field(() => Float, { description: 'US$, at the prices of that moment.' })
  costUsd!: number;

  @Field(() => Int, {
    description: 'From the start until the batches are back: what the last ones took, or the most that the provider takes.',
  })
  seconds!: number;
}

/** What a run was expected to come to when it was planned. */
@ObjectOfNobody({ description: 'What a run was expected to come to when it was planned.' })
export class RunForecast {
  @Field(() => Int, {
    description:
      'Users that would probably get advice. Of `forecast` they are counted by their records as they are now; of a run they were estimated when it was planned, by the share of past runs: all of its users before there was one.',
  })
  eligible!: number;

  @Field(() => Float, { description: 'Tokens that the model would read; 0 for a generator without one.' })
  tokensIn!: number;

  @Field(() => Float, { description: 'Tokens that the model would write.' })
  tokensOut!: number;

  @Field(() => Float, { description: 'US$, at the prices of that moment.' })
  costUsd!: number;

  @Field(() => Int, { nullable: true, description: 'From the start to the end; null where nothing could be said.' })
  seconds!: number | null;

  @Field(() => ForecastBasisEnum)
  basis!: ForecastBasis;

  @Field(() => BatchForecast, {
    nullable: true,
    description: 'The same by batches at the provider, `costUsd` and `seconds` beside it being by calls; null where no model is asked.',
  })
  byBatch!: BatchForecast | null;
}

/** What a run waits for. */
@ObjectOfNobody({ description: 'Batches at the provider of its model that a run waits for. It holds nothing meanwhile.' })
export class AwaitedBatches {
  @Field(() => Int)
  batches!: number;

  @Field(() => Int, { description: 'Users in them.' })
  requests!: number;

  @Field(() => DateTimeScalar, {
    description: 'Until when the last of them is waited for. A patient without an answer then is asked by a call.',
  })
  until!: Date;
}

/** How many users would have got another value for a field. */
@ObjectOfNobody({ description: 'How many users’ advice differed from what is saved in a field.' })
export class FieldDifference {
  @Field(() => InterventionFieldEnum)
  field!: InterventionField;

  @Field(() => Int)
  users!: number;
}

/** What a shadow run found. */
@ObjectOfNobody({
  description:
    'What a shadow run found so far. `generated` is `compared` and `withoutSaved` together, and `compared` is `same` and those that differ.',
})
export class ShadowReport {
  @Field(() => Int, { description: 'Users whose new advice was compared with saved advice.' })
  compared!: number;

  @Field(() => Int, { description: 'Of them, users without any change.' })
  same!: number;

  @Field(() => Int, { description: 'Users without saved advice to compare with.' })
  withoutSaved!: number;

  @Most(10)
  @Field(() => [FieldDifference], { description: 'Most first; a user counts in every field that differs.' })
  byField!: FieldDifference[];
}
