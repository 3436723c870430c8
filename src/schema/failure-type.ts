import { ArgsType, Field, Int } from 'type-graphql';
import type { LocalDate } from '../domain/local-date.js';
import { ObjectOfNobody } from './of-person.js';
import { DateScalar } from './scalars.js';

/** Most record dates that failures are counted over. */
export const MAX_FAILURE_DAYS = 92;

/** Which record dates. */
@ArgsType()
export class FailureArgs {
  @Field(() => DateScalar, { description: 'The first record date.' })
  from!: LocalDate;

  @Field(() => DateScalar, { description: 'The last one, at most 91 days later.' })
  to!: LocalDate;
}

/** Failures of one code. */
@ObjectOfNobody({ description: 'Failures of one code over some record dates. What was let go of the log is not among them.' })
export class FailureCount {
  @Field({ description: 'Why, as `Outcome.failureCode` has it.' })
  code!: string;

  @Field(() => Int, { description: 'Failed outcomes: a user counts once for each run in which it failed.' })
  outcomes!: number;

  @Field(() => Int, { description: 'Users, each counted once.' })
  patients!: number;

  @Field(() => Int, { description: 'Of these users, those that are still without advice for a day of which they failed.' })
  without!: number;
}
