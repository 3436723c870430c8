import { Field, InterfaceType, ObjectType } from 'type-graphql';
import { Run } from './run-type.js';

/** An expected refusal, as a member of a mutation's result union. */
@InterfaceType('Error', { description: 'An expected refusal: what was expected, what was found, and what to do.' })
export abstract class RefusalError {
  @Field({ description: 'A stable code to branch on.' })
  code!: string;

  @Field({ description: 'A sentence for people.' })
  message!: string;
}

/** A refusal that names no run. */
@ObjectType({ implements: RefusalError, description: 'The request was refused; nothing was changed.' })
export class Refused extends RefusalError {}

/** A refusal because another run stands in the way. */
@ObjectType({
  implements: RefusalError,
  description: 'Another run stands in the way: one for the same date is active, or the idempotency key already stands for it.',
})
export class RunConflict extends RefusalError {
  @Field(() => Run, { nullable: true, description: 'The run that stands in the way.' })
  run!: Run | null;
}
