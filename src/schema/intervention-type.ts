import { Field, Float, ID, Int } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateScalar, DateTimeScalar, JsonScalar } from './scalars.js';
import { ObjectOfPerson } from './of-person.js';

/** A row of IBSafe's `ibsafe_interventionrecord`. */
@ObjectOfPerson(({ userId }: Intervention) => userId, {
  description:
    'The advice a user was given for a day, as IBSafe’s app reads it. What no client can read is null: a figure that is no number, a date without an end, JSON of more than 16 levels or 200,000 bytes. Of a text there are 20,000 characters at most.',
})
export class Intervention {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  userId!: number;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day that it is for; null where the row holds none that is in the calendar.',
  })
  targetDate!: string | null;

  @Field({ description: '`all` for diet and exercise, `sleep`, or `food`.' })
  gubun!: string;

  @Field()
  dietEvaluation!: string;

  @Field(() => JsonScalar, { nullable: true, description: '`{Breakfast: [names], Lunch: [names], Dinner: [names], Summary}`.' })
  dietTarget!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'How many of the day’s foods were low, moderate and high in FODMAP.' })
  inputFodmapCount!: unknown;

  @Field()
  exerciseEvaluation!: string;

  @Field(() => Int, { nullable: true, description: 'Steps to aim for on the target date.' })
  exerciseTarget!: number | null;

  @Field(() => String, { nullable: true })
  sleepEvaluation!: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours of sleep to aim for.' })
  sleepTarget!: number | null;

  @Field(() => String, { nullable: true, description: '`RULE` for the rule engine, else the model.' })
  model!: string | null;

  @Field({ description: 'False for an error that the batch before this one left in the place of advice: a run writes over it.' })
  isAdvice!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null where the row holds no instant.' })
  createdAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null where the row holds no instant.' })
  updatedAt!: Date | null;
}

/** A page of interventions. */
export const InterventionConnection = connectionOf('Intervention', () => Intervention);
