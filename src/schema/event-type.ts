import { Field, Int } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar, JsonScalar, UuidScalar } from './scalars.js';
import { ObjectOfPerson, ShowsPersons } from './of-person.js';
import { personsNamed } from '../domain/run/named-persons.js';

/** A recorded fact out of the append-only log. */
@ObjectOfPerson(({ userId }: LogEvent) => userId, {
  description: 'A recorded fact. Events hold ids, codes and figures, never a food, a name or a free text of a user.',
})
export class LogEvent {
  @Field({ description: 'Its place in the log. Pass as `after` to go on from here. Opaque.' })
  cursor!: string;

  @Field({ description: 'What happened, such as `RunPlanned` or `UserSkipped`.' })
  type!: string;

  @Field({ description: 'The ordered events of one thing that it belongs to.' })
  stream!: string;

  @Field(() => Int, { description: 'Its place in the stream, from 1, without a gap.' })
  version!: number;

  @Field(() => UuidScalar, { nullable: true })
  runId!: string | null;

  @Field(() => Int, { nullable: true, description: 'The user, for an outcome.' })
  userId!: number | null;

  @ShowsPersons(({ value }) => personsNamed(value))
  @Field(() => JsonScalar)
  data!: unknown;

  @Field()
  actor!: string;

  @Field(() => DateTimeScalar)
  recordedAt!: Date;
}

/** A page of events. */
export const EventConnection = connectionOf('LogEvent', () => LogEvent);
