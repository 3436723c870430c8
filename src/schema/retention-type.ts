import { Arg, createUnionType, Field, Float, Int } from 'type-graphql';
import { MONTH_REFUSALS, type MonthRefusal } from '../domain/retention/retention.js';
import { inWords } from '../words/code-words.js';
import type { Language, Said } from '../domain/said.js';
import { enumOf } from './enums.js';
import { LanguageEnum } from './language-type.js';
import { Refused } from './error-type.js';
import { Most } from './list-size.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** Most months that are listed: a hundred years. */
const MAX_MONTHS = 1_200;

const MonthRefusalEnum = enumOf(MONTH_REFUSALS, {
  name: 'MonthRefusal',
  description: 'Why a month stays in the log although it is older than what is kept.',
  values: {
    RUN_UNFINISHED: 'A run of the month has not ended.',
    RETRY_WAITING: 'A run that repeats users of a run of the month has not begun.',
    EVENTS_UNSETTLED: 'An older transaction hides events of the month from readers.',
    EVENTS_NOT_FOLLOWED: 'Alerts have not read the month.',
    VIEWS_DIFFER: 'The views do not hold what the log says of the month.',
    CHAIN_DIFFERS: 'Events of the month are not those that were appended.',
    LET_GO_BEFORE: 'The month was let go before, and the log holds events of it again.',
    ARCHIVE_DIFFERS: 'A file with the name of its archive holds something else.',
    ARCHIVE_NO_ROOM: 'There is no room for its archive.',
    ARCHIVE_UNWRITABLE: 'The folder of archives cannot be written or read.',
    ARCHIVE_GONE: 'Its archive was taken away before the month was dropped.',
    LOG_BUSY: 'A long read of the log goes on.',
  },
});

/** A month that was let go. */
@ObjectOfNobody({ description: 'A month whose events stand in an archive and no longer in the log.' })
export class LetGoMonth {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => DateTimeScalar)
  letGoAt!: Date;

  @Field({ description: 'The actor that let it go, as the log names it.' })
  actor!: string;

  @Field(() => Int, { description: 'Runs that were asked for in it.' })
  runs!: number;

  @Field(() => Float, { description: 'Events in its archive; a whole number.' })
  events!: number;

  @Field({ description: 'Name of the archive’s file.' })
  file!: string;

  @Field(() => Float, { description: 'Size of the file; a whole number.' })
  bytes!: number;

  @Field({ description: 'SHA-256 of the unpacked lines, as the manifest has it.' })
  sha256!: string;
}

/** A month of the log. */
@ObjectOfNobody({ description: 'A month of the log.' })
export class LogMonth {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => Float, { nullable: true, description: 'Events, as PostgreSQL estimates them; null where it has not counted yet.' })
  events!: number | null;

  @Field(() => Float, { description: 'Bytes of its tables and indexes.' })
  bytes!: number;

  @Field({ description: 'Whether it is older than what is kept.' })
  due!: boolean;

  @Field(() => MonthRefusalEnum, {
    nullable: true,
    description: 'Why it stays all the same, as far as it can be told at once; null where nothing keeps it.',
  })
  heldBy!: MonthRefusal | null;

  /** The same in a sentence, before it is in a language. */
  said!: Said | null;

  @Field(() => String, { nullable: true, description: 'The same in a sentence, with what to do.' })
  message(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.said === null ? null : inWords(this.said, language);
  }

  @Field(() => UuidScalar, { nullable: true, description: 'A run that keeps it; null where none does.' })
  runId!: string | null;
}

/** What is kept of the log. */
@ObjectOfNobody({ description: 'What is kept of the log, what would be let go, and what was.' })
export class Retention {
  @Field(() => Int, {
    nullable: true,
    description: 'Months that are kept beside the one that goes on; null where nothing is let go by itself.',
  })
  keepMonths!: number | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the oldest month that is kept; null where all are.' })
  keptFrom!: string | null;

  @Most(MAX_MONTHS)
  @Field(() => [LogMonth], { description: 'Months of the log, newest first.' })
  months!: LogMonth[];

  @Most(MAX_MONTHS)
  @Field(() => [LetGoMonth], { description: 'Months that were let go, newest first.' })
  letGo!: LetGoMonth[];
}

/** What `letMonthsGo` did. */
@ObjectOfNobody({ description: 'What was done.' })
export class MonthsLetGo {
  @Most(MAX_MONTHS)
  @Field(() => [LetGoMonth], { description: 'Months that were archived and let go now.' })
  letGo!: LetGoMonth[];

  @Most(MAX_MONTHS)
  @Field(() => [LogMonth], { description: 'Older months that stay, and why.' })
  held!: LogMonth[];
}

/** What `letMonthsGo` answers. */
export const LetMonthsGoResult = createUnionType({
  name: 'LetMonthsGoResult',
  description: 'What was done, or why nothing was.',
  types: () => [MonthsLetGo, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
