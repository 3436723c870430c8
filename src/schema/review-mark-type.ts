import { Field, ID } from 'type-graphql';
import type { GeneratorName } from '../domain/outcome.js';
import type { MarkVerdict } from '../domain/review/mark-events.js';
import { connectionOf } from './connection.js';
import { GeneratorEnum } from './enums.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';
import { Recall } from './recall-type.js';
import { MarkVerdictEnum } from './review-enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

/** What a reviewer said of a row. Its recall is a field of the resolver. */
@ObjectOfNobody({ description: 'What a reviewer said of advice. It names an outcome of a run, and no person.' })
export class AdviceMark {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => ID, { description: 'The row of the sample.' })
  row!: string;

  @Field(() => MarkVerdictEnum)
  verdict!: MarkVerdict;

  @Most(60)
  @Field(() => [String], { description: 'Points that the verdict is about.' })
  points!: readonly string[];

  @Most(60)
  @Field(() => [String], { description: 'Codes of dishes that the verdict is about.' })
  dishes!: readonly string[];

  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => String, { nullable: true })
  vocabulary!: string | null;

  @Field(() => String, { nullable: true })
  promptVersion!: string | null;

  @Field(() => String, { nullable: true, description: 'In the reviewer’s words.' })
  note!: string | null;

  @Field({ description: 'The actor that marked it.' })
  actor!: string;

  @Field(() => DateTimeScalar)
  markedAt!: Date;

  @Field(() => Recall, { nullable: true, description: 'The recall that it started.' })
  recall!: Recall | null;
}

/** A page of marks. */
export const AdviceMarkConnection = connectionOf('AdviceMark', () => AdviceMark);

/** A point that was turned off, once at least. */
@ObjectOfNobody({ description: 'Whether a point is said. Points that were never turned off are in no list of these.' })
export class PointSwitch {
  @Field({ description: 'Its id in data/points, such as `SWAP`.' })
  point!: string;

  @Field({ description: 'While it is off no advice is written with it.' })
  isOff!: boolean;

  @Field(() => UuidScalar, { nullable: true, description: 'The mark that turned it off.' })
  markId!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in words of the reviewer.' })
  reason!: string | null;

  @Field({ description: 'The actor that turned it last.' })
  actor!: string;

  @Field(() => DateTimeScalar)
  changedAt!: Date;
}
