import { Field, Int } from 'type-graphql';
import { connectionOf } from './connection.js';
import { ReasonCount } from './progress-type.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { Most } from './list-size.js';
import { ObjectOfPerson } from './of-person.js';

/** A part of a roster, the unit of work and of restart. */
@ObjectOfPerson(({ onlyUserId }: Chunk) => onlyUserId, { description: 'A part of a roster: the unit of work and of restart.' })
export class Chunk {
  /** The person whose outcome the figures are, where only one is in it. */
  onlyUserId!: number | null;

  @Field(() => Int, { description: 'Its number in the run, from 0.' })
  chunk!: number;

  @Field(() => Int, { description: 'Users in it.' })
  roster!: number;

  @Field(() => Int)
  generated!: number;

  @Field(() => Int)
  skipped!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  cancelled!: number;

  @Most(20)
  @Field(() => [ReasonCount])
  reasons!: ReasonCount[];

  @Field(() => DateTimeScalar, { nullable: true })
  completedAt!: Date | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The worker that holds it now.' })
  worker!: string | null;

  @Field(() => Int, { description: 'How often it was claimed; a late owner is refused by it.' })
  fence!: number;
}

/** A page of chunks. */
export const ChunkConnection = connectionOf('Chunk', () => Chunk);
