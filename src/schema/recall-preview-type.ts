import { createUnionType, Field, ID, Int } from 'type-graphql';
import type { ProgramName } from '../domain/program.js';
import type { RecallMark } from '../domain/recall/decide-recall.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import { connectionOf } from './connection.js';
import { ProgramEnum } from './enums.js';
import { Refused } from './error-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody, ObjectOfPerson } from './of-person.js';
import { RecallCounts, RecallMarkEnum } from './recall-type.js';
import { DateScalar } from './scalars.js';

/** Rows of one kind. */
@ObjectOfNobody({ description: 'Rows of one program, record date and target date.' })
export class RecallGroup {
  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => DateScalar)
  targetDate!: string;

  @Field(() => RecallMarkEnum)
  mark!: RecallMark;

  @Field(() => Int)
  rows!: number;
}

/** What a recall would come to. Its rows are a field of the resolver. */
@ObjectOfNobody({ description: 'What a recall would come to. Nothing was changed.' })
export class RecallPreview {
  @Field(() => DateScalar, { description: 'The first target date that rows were looked for.' })
  since!: string;

  @Field(() => RecallCounts)
  counts!: RecallCounts;

  @Most(2_000)
  @Field(() => [RecallGroup], { description: 'The same by program and day, the latest first.' })
  groups!: RecallGroup[];

  cause!: RecallCause;
}

/** A row that a recall finds. */
@ObjectOfPerson(({ userId }: RecalledRow) => userId, { description: 'A row that holds what is recalled.' })
export class RecalledRow {
  @Field(() => ID)
  interventionId!: string;

  @Field(() => Int)
  userId!: number;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => DateScalar)
  targetDate!: string;

  @Field(() => RecallMarkEnum)
  mark!: RecallMark;
}

/** A page of rows. */
export const RecalledRowConnection = connectionOf('RecalledRow', () => RecalledRow);

/** What `recallPreview` answers. */
export const RecallPreviewResult = createUnionType({
  name: 'RecallPreviewResult',
  description: 'What a recall would come to, or why there is no such thing to recall.',
  types: () => [RecallPreview, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
