import { createUnionType, Field, InputType, Int } from 'type-graphql';
import type { BackfillOrder } from '../domain/backfill/backfill-events.js';
import type { BackfillDate as DateState, BackfillStatus } from '../domain/backfill/backfill.js';
import type { LocalDate } from '../domain/local-date.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { OnExisting } from '../domain/run/run-events.js';
import { connectionOf } from './connection.js';
import { BackfillOrderEnum, BackfillStatusEnum } from './control-enums.js';
import { GeneratorEnum, OnExistingEnum, ProgramEnum } from './enums.js';
import { Refused } from './error-type.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** A run for each of several past record dates. Its dates are a field of the resolver. */
@ObjectOfNobody({ description: 'A run for each of several past record dates, a few at a time.' })
export class Backfill {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => BackfillStatusEnum)
  status!: BackfillStatus;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar, { description: 'The first record date.' })
  from!: string;

  @Field(() => DateScalar, { description: 'The last record date.' })
  to!: string;

  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => OnExistingEnum)
  onExisting!: OnExisting;

  @Field(() => BackfillOrderEnum)
  order!: BackfillOrder;

  @Field(() => Int, { description: 'Runs of it that may be active at once.' })
  maxActiveRuns!: number;

  @Field({ description: 'The actor that asked for it.' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Why, in an operator’s words.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why its runs go without an active schedule, in an operator’s words; null where none was to.',
  })
  withoutSchedule!: string | null;

  @Field(() => String, { nullable: true, description: 'The actor that cancelled it.' })
  cancelledBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled, in an operator’s words.' })
  cancelReason!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;
}

/** A record date of a backfill. Its status and its run are fields of the resolver. */
@ObjectOfNobody({ description: 'A record date of a backfill.' })
export class BackfillDate {
  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => String, { nullable: true, description: 'Why it was skipped: the code of its run’s refusal.' })
  code!: string | null;

  /** What the backfill's own events say of it. */
  state!: DateState['status'];
  runId!: string | null;
}

/** A page of backfills. */
export const BackfillConnection = connectionOf('Backfill', () => Backfill);

/** Which dates to run. */
@InputType({ description: 'Which past record dates to run, and how.' })
export class BackfillInput {
  @Field(() => DateScalar, { description: 'The first record date.' })
  from!: LocalDate;

  @Field(() => DateScalar, { description: 'The last record date: yesterday or earlier, and at most 400 dates in all.' })
  to!: LocalDate;

  @Field(() => ProgramEnum, { nullable: true, description: 'Default: `DAILY`.' })
  program?: ProgramName;

  @Field(() => GeneratorEnum, { nullable: true, description: 'Default: the service’s configuration.' })
  generator?: GeneratorName;

  @Field(() => OnExistingEnum, { defaultValue: 'SKIP' })
  onExisting!: OnExisting;

  @Field(() => BackfillOrderEnum, { defaultValue: 'OLDEST_FIRST' })
  order!: BackfillOrder;

  @Field(() => Int, { defaultValue: 1, description: 'Runs of it that may be active at once, 1 to 20.' })
  maxActiveRuns!: number;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters, and nothing personal: it is kept.' })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why its runs go without an active schedule, at most 500 characters, and nothing personal: it is kept. Default: refused while none is active.',
  })
  withoutSchedule?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The same key from the same caller is answered with the same backfill. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;
}

/** The backfill that was made or changed. */
@ObjectOfNobody({ description: 'The backfill as it stands now.' })
export class BackfillAccepted {
  @Field(() => Backfill)
  backfill!: Backfill;

  @Field({ description: 'True when an earlier request with this key had made the backfill.' })
  repeated!: boolean;
}

/** What `backfill` and `cancelBackfill` answer. */
export const BackfillResult = createUnionType({
  name: 'BackfillResult',
  description: 'The backfill, or why nothing was done.',
  types: () => [BackfillAccepted, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
