import { Field, InputType, Int } from 'type-graphql';
import { READ_WAYS, type ReadWay } from '../domain/read-way.js';
import { connectionOf } from './connection.js';
import { enumOf } from './enums.js';
import { Most } from './list-size.js';
import { ObjectOfNobody, PageOfNodes, ShowsPersons } from './of-person.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

const ReadWayEnum = enumOf(READ_WAYS, {
  name: 'ReadWay',
  description: 'How persons’ data was read.',
  values: {
    GRAPHQL: 'An operation over HTTP, a WebSocket or Server-Sent Events; the console sends those too.',
    EXPORT: 'A file of a run’s outcomes.',
    COMMAND: 'A command on a machine of the service.',
  },
});

/** A caller's read of persons' data. */
@ObjectOfNobody({ description: 'A caller’s read of persons’ data: what was asked, about which persons, when.' })
export class PersonRead {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field({ description: 'As the log names callers; of a command, `cli:` and the name of the operating system’s user.' })
  caller!: string;

  @Field(() => ReadWayEnum)
  via!: ReadWay;

  @Field({ description: 'A type, such as `Outcome`, or a field that shows or asks about persons, such as `Run.userIds`.' })
  what!: string;

  @Most(60)
  @Field(() => [String], { description: 'Fields of the type that were asked for.' })
  fields!: readonly string[];

  @Field(() => Int, { description: 'How many persons it showed, or was about.' })
  users!: number;

  @ShowsPersons(({ value }) => value as readonly number[])
  @Most(100)
  @Field(() => [Int], { description: 'The first 100 of them by id; empty for all users of a run.' })
  userIds!: readonly number[];

  @Field(() => UuidScalar, { nullable: true, description: 'The run of which it showed all users; null for named persons.' })
  runId!: string | null;

  @Field({ description: 'False where the log has let that run go: whether the person was among its users cannot be said any more.' })
  certain!: boolean;
}

@PageOfNodes()
export class PersonReadConnection extends connectionOf('PersonRead', () => PersonRead) {}

/** Which reads to list. */
@InputType({ description: 'Which reads to list.' })
export class PersonReadFilterInput {
  @Field(() => Int, { nullable: true, description: 'The user whose data was read. Default: all users.' })
  userId?: number;

  @Field(() => String, { nullable: true, description: 'The caller, letter for letter. Default: all callers.' })
  caller?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Then or later.' })
  from?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Then or earlier.' })
  to?: Date;
}

/** A time of which reads are missing. */
@ObjectOfNobody({ description: 'A time in which reads were answered and not recorded, since the database took no records.' })
export class ReadGap {
  @Field(() => DateTimeScalar)
  since!: Date;

  @Field(() => DateTimeScalar)
  until!: Date;

  @Field(() => Int, { description: 'How many.' })
  reads!: number;
}
