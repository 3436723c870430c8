import { Field, Int } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar, JsonScalar, UuidScalar } from './scalars.js';
import { ObjectOfPerson, ShowsPersons } from './of-person.js';

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

  @ShowsPersons(({ value }) => namedIn(value))
  @Field(() => JsonScalar)
  data!: unknown;

  @Field()
  actor!: string;

  @Field(() => DateTimeScalar)
  recordedAt!: Date;
}

/** A page of events. */
export const EventConnection = connectionOf('LogEvent', () => LogEvent);

/** A run that was asked for of chosen users names them. Where a chunk ends is a place in the order of ids, and tells nothing of the user there. */
function namedIn(data: unknown): readonly number[] | undefined {
  return (data as { readonly userIds?: readonly number[] } | null)?.userIds;
}
