import { ArgsType, Field, Int, registerEnumType } from 'type-graphql';
import type { LocalDate } from '../domain/local-date.js';
import type { FailureCode, SkipReason } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import { FailureCodeEnum, ProgramEnum, SkipReasonEnum } from './enums.js';
import { Intervention } from './intervention-type.js';
import { Outcome } from './outcome-type.js';
import { Run } from './run-type.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';
import { ASKED, Most } from './list-size.js';
import { ObjectOfPerson, PartOfPerson } from './of-person.js';

/** Most days that one timeline may span, and most runs that those may have together. */
export const MAX_TIMELINE_DAYS = 92;
export const MAX_TIMELINE_RUNS = 1_000;

/** Whose days to tell of. */
@ArgsType()
export class TimelineArgs {
  @Field(() => Int)
  userId!: number;

  @Field(() => DateScalar, { nullable: true, description: 'First record date. Default: 13 days before `to`.' })
  from?: LocalDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last record date. Default: today.' })
  to?: LocalDate | null;

  @Field(() => ProgramEnum, { defaultValue: 'daily' })
  program!: ProgramName;
}

/** What a day came to for a user. */
export enum Verdict {
  GENERATED = 'GENERATED',
  EXISTED = 'EXISTED',
  SKIPPED = 'SKIPPED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
  IN_PROGRESS = 'IN_PROGRESS',
  NOT_ON_ROSTER = 'NOT_ON_ROSTER',
  NOT_DUE = 'NOT_DUE',
  NO_RUN = 'NO_RUN',
  BEFORE_RETENTION = 'BEFORE_RETENTION',
}

registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'What a day came to for a user.',
  valuesConfig: {
    GENERATED: { description: 'A run wrote advice.' },
    EXISTED: { description: 'Advice was there; no run of ours wrote it.' },
    SKIPPED: { description: 'Every run skipped the user.' },
    FAILED: { description: 'The last run failed for this user.' },
    CANCELLED: { description: 'The run was cancelled before this user’s turn.' },
    IN_PROGRESS: { description: 'A run for the day has not reached this user yet.' },
    NOT_ON_ROSTER: {
      description: 'Runs were made, but not for this user: the account was closed, staff or not yet there, or only others were asked for.',
    },
    NOT_DUE: { description: 'The run for the day is still to come: its slot is ahead, or its records are not complete.' },
    NO_RUN: { description: 'No run was made for the day, and none is to come by itself.' },
    BEFORE_RETENTION: { description: 'A run was made, and what it recorded of the user was let go with its month: it is in an archive.' },
  },
});

/** What one run did with the user. */
@PartOfPerson({ description: 'What one run did with the user.' })
export class TimelineEntry {
  @Field(() => Run)
  run!: Run;

  @Field(() => Outcome, {
    nullable: true,
    description: 'Null while the run has not reached the user, or when the user is not on its roster.',
  })
  outcome!: Outcome | null;
}

/** One record date of a user. */
@PartOfPerson({ description: 'One record date of a user: every run for it, and in a sentence why there is advice or none.' })
export class TimelineDay {
  @Field(() => DateScalar, {
    description: 'The day whose records count. The advice of `DAILY` is for the day after, that of `SLEEP` for this day.',
  })
  recordDate!: string;

  @Field(() => Verdict)
  verdict!: Verdict;

  @Field({ description: 'A sentence for people, in English.' })
  explanation!: string;

  @Field({ description: 'A sentence for people, in Korean.' })
  explanationKo!: string;

  @Most(10)
  @Field(() => [SkipReasonEnum], { description: 'The same in codes: why the user was skipped; empty unless the verdict is SKIPPED.' })
  skipReasons!: readonly SkipReason[];

  @Field(() => FailureCodeEnum, { nullable: true, description: 'The same in codes: why generation failed for the user.' })
  failureCode!: FailureCode | null;

  @Field(() => String, { nullable: true, description: 'The same in codes: why the run failed as a whole, before the first user’s turn.' })
  runFailureCode!: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The run that the verdict is from; null where none decided.' })
  decidedBy!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'For NOT_DUE: the slot that a run for the day is expected of; null where no schedule is about to.',
  })
  dueAt!: Date | null;

  @Most(10)
  @Field(() => [Intervention], { description: 'The advice that is there now.' })
  interventions!: Intervention[];

  @Most(({ asked: days }) => Math.ceil(MAX_TIMELINE_RUNS / Math.max(1, days)))
  @Field(() => [TimelineEntry], { description: 'Newest run first.' })
  entries!: TimelineEntry[];
}

/** Why a user got advice, or none, day by day. */
@ObjectOfPerson(({ userId }: UserTimeline) => userId, { description: 'Why a user got advice, or none, day by day.' })
export class UserTimeline {
  @Field(() => Int)
  userId!: number;

  @Field(() => ProgramEnum, { description: 'The program whose runs and advice are told of.' })
  program!: ProgramName;

  @Field({ description: 'Whether the account is active.' })
  active!: boolean;

  @Field({ description: 'Whether the account is staff: staff are on no roster.' })
  staff!: boolean;

  @Most(ASKED)
  @Field(() => [TimelineDay], { description: 'Newest first.' })
  days!: TimelineDay[];
}
