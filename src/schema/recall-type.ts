import { createUnionType, Field, InputType, Int } from 'type-graphql';
import type { AdviceLanguage } from '../domain/advice/language.js';
import type { LocalDate } from '../domain/local-date.js';
import type { ProgramName } from '../domain/program.js';
import { RECALL_MARKS } from '../domain/recall/decide-recall.js';
import { RECALL_KINDS, type RecallKind } from '../domain/recall/recall-cause.js';
import { RECALL_STATUSES, type RecallStatus } from '../domain/recall/recall.js';
import { connectionOf } from './connection.js';
import { enumOf, ProgramEnum } from './enums.js';
import { Refused } from './error-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';

export const RecallKindEnum = enumOf(RECALL_KINDS, {
  name: 'RecallKind',
  description: 'What kind of thing is recalled.',
  values: {
    DISH: 'A dish: no meal offers it, and no point speaks of it.',
    POINT: 'A point: none of its sentences is said.',
    WORDING: 'One sentence of a point in one language: the others are said.',
    PROMPT: 'A version of the prompt: the rules stand in for the model while it is in use.',
  },
});

export const RecallMarkEnum = enumOf(RECALL_MARKS, {
  name: 'RecallMark',
  description: 'What becomes of a row that holds what is recalled.',
  values: {
    REPLACE: 'Its day is today or later: it is written anew.',
    PAST: 'Its day is over: it stays as the patient has read it.',
    ACCOUNT_CLOSED: 'Its account is closed: it stays as it is.',
  },
});

const RecallStatusEnum = enumOf(RECALL_STATUSES, {
  name: 'RecallStatus',
  description: 'Where a recall stands. What it takes away is away in both.',
  values: { REQUESTED: 'Its rows are being counted.', LISTED: 'Its rows are counted, and the runs that replace them asked for.' },
});

/** Rows by what becomes of them. */
@ObjectOfNobody({ description: 'Rows that hold what is recalled, by what becomes of them.' })
export class RecallCounts {
  @Field(() => Int, { description: 'For today or later: written anew.' })
  replace!: number;

  @Field(() => Int, { description: 'Whose day is over: left as they are.' })
  past!: number;

  @Field(() => Int, { description: 'Of accounts that are closed: left as they are.' })
  closed!: number;
}

/** A run of a recall. The run itself is a field of the resolver. */
@ObjectOfNobody({ description: 'A run that writes the rows of one program and record date anew.' })
export class RecallRun {
  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => Int, { description: 'Rows when they were counted. Its roster is fixed later, after earlier runs of the date.' })
  rows!: number;

  runId!: string;
}

/** Something that was taken out of advice. */
@ObjectOfNobody({ description: 'Something that was taken out of all advice, and whose rows are written anew.' })
export class Recall {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => RecallKindEnum)
  kind!: RecallKind;

  @Field({ description: 'What it is: `IBS-0001`, `SWAP`, `SWAP/ko/1` (wordings from 0), or a version of the prompt.' })
  subject!: string;

  @Field(() => String, { nullable: true, description: 'Of a dish, its name in the language of the service.' })
  dishName!: string | null;

  @Field({ description: 'Whether it is for an allergen: operators are alerted.' })
  allergen!: boolean;

  @Field(() => DateScalar, { description: 'The first target date that rows were looked for.' })
  since!: string;

  @Field(() => String, { nullable: true, description: 'Why, in an operator’s words.' })
  reason!: string | null;

  @Field({ description: 'The actor that asked for it.' })
  actor!: string;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'The mark of a reviewer that started it; null for one that an operator asked for.',
  })
  markId!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => RecallStatusEnum)
  status!: RecallStatus;

  @Field(() => RecallCounts, { nullable: true, description: 'Null while they are being counted.' })
  counts!: RecallCounts | null;

  @Most(100)
  @Field(() => [RecallRun])
  runs!: RecallRun[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when advice may hold it again; null while it is away.' })
  liftedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The actor that lifted it.' })
  liftedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was lifted, in an operator’s words.' })
  liftReason!: string | null;
}

/** A page of recalls. */
export const RecallConnection = connectionOf('Recall', () => Recall);

/** What to recall. */
@InputType({ description: 'What to recall: exactly one of `dish`, `point` and `promptVersion`.' })
export class RecallSubjectInput {
  @Field(() => String, { nullable: true, description: 'The code of a dish in data/dishes.csv: `IBS-0001`.' })
  dish?: string;

  @Field(() => String, { nullable: true, description: 'The id of a point in data/points: `SWAP`.' })
  point?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'With `point`: one of its wordings, from 0, as `AdvicePoint.wording` has it. Default: the whole point.',
  })
  wording?: number;

  @Field(() => String, { nullable: true, description: 'With `wording`: `ko` or `en`. Default: the language of the service.' })
  language?: AdviceLanguage;

  @Field(() => String, { nullable: true, description: 'A version of the prompt, as outcomes name it.' })
  promptVersion?: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first target date that rows are looked for. Default: seven days ago; at most 400.',
  })
  since?: LocalDate;
}

/** What to recall, and why. */
@InputType({ description: 'What to recall, and why.' })
export class RecallInput extends RecallSubjectInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is for an allergen: operators are alerted until every row is replaced.',
  })
  allergen!: boolean;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters on one line, and nothing personal: it is kept.' })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The same key from the same caller is answered with the same recall. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;
}

/** The recall that was made or changed. */
@ObjectOfNobody({ description: 'The recall as it stands now.' })
export class RecallAccepted {
  @Field(() => Recall)
  recall!: Recall;

  @Field({ description: 'True when an earlier request with this key had made the recall.' })
  repeated!: boolean;
}

/** What `recall` and `liftRecall` answer. */
export const RecallResult = createUnionType({
  name: 'RecallResult',
  description: 'The recall, or why nothing was done.',
  types: () => [RecallAccepted, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
