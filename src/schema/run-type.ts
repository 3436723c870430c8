import { Arg, Field, Int } from 'type-graphql';
import { reasonIn } from '../words/code-words.js';
import type { Language } from '../domain/said.js';
import { LanguageEnum } from './language-type.js';
import type { GeneratorName, Tally } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { AskMode } from '../domain/run/ask-mode.js';
import type { OnExisting, PauseCause, RetrySelection, Trigger } from '../domain/run/run-events.js';
import type { RunStatus } from '../domain/run/run.js';
import { countedConnectionOf } from './connection.js';
import { PauseCauseEnum } from './control-enums.js';
import { AskModeEnum, GeneratorEnum, OnExistingEnum, ProgramEnum, RunStatusEnum, TriggerEnum } from './enums.js';
import { RunForecast } from './run-figures-type.js';
import { DateScalar, DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** One batch over the selected users for one record date. Its lists and its progress are fields of the resolver. */
@ObjectOfNobody({ description: 'One batch over the selected users for one record date.' })
export class Run {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => RunStatusEnum)
  status!: RunStatus;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar, { description: 'The day whose records are read.' })
  recordDate!: string;

  @Field(() => DateScalar, { description: 'The day the advice is for: the record date for `SLEEP`, else the day after.' })
  targetDate!: string;

  @Field(() => TriggerEnum)
  trigger!: Trigger;

  @Field({ description: 'The actor that asked for it.' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Why it was asked for, in an operator’s words.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it goes without an active schedule, in an operator’s words; null where it was not to.',
  })
  withoutSchedule!: string | null;

  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => AskModeEnum, { nullable: true, description: 'How it asks a language model; null where it asks none.' })
  mode!: AskMode | null;

  @Field({ description: 'Language of the advice: `ko` or `en`.' })
  language!: string;

  @Field({ description: 'A dry run judges and generates, and writes no intervention.' })
  dryRun!: boolean;

  @Field({ description: 'A shadow run is a dry run that compares its advice with what is saved: see `shadowReport`.' })
  shadow!: boolean;

  @Field(() => OnExistingEnum)
  onExisting!: OnExisting;

  /** Of a run that was just decided; of any other they are loaded when a client asks. */
  readUserIds?: number[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Users it covers, fixed when it was planned: active, non-staff accounts. Null until then.',
  })
  roster!: number | null;

  @Field(() => Int, { nullable: true })
  chunkCount!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The slot that asked for it.' })
  slot!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'By when its advice is to be there, as its schedule said then; null for no time.',
  })
  readyBy!: Date | null;

  @Field({
    description: 'Whether it begins only when the earlier runs of its schedule have ended (overlap policy QUEUE, or caught up slots).',
  })
  waits!: boolean;

  @Field(() => RunForecast, {
    nullable: true,
    description: 'What it was expected to come to when it was planned, by the runs before it. What it came to: `usage`.',
  })
  forecast!: RunForecast | null;

  @Field(() => PauseCauseEnum, {
    nullable: true,
    description: 'What paused it, an operator or the service by itself; null unless it is paused.',
  })
  pausedCause!: PauseCause | null;

  /** As the log has it. */
  pausedFor!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is paused, in a sentence; an operator’s words as they are.' })
  pausedReason(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.pausedFor === null ? null : reasonIn(this.pausedFor, language);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The actor that paused it, as the log names it; a worker’s id where the service did by itself. Null unless it is paused.',
  })
  pausedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was paused; null unless it is paused.' })
  pausedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last resumed.' })
  resumedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was told to end.' })
  cancelRequestedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was told to end, in an operator’s words; null where none were given.' })
  cancelReason!: string | null;

  @Field(() => String, { nullable: true, description: 'The actor that told it to end, as the log names it.' })
  cancelledBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the run as a whole failed.' })
  failureCode!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  plannedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;

  /** First day of the month that keys the run's events: not part of the API, like what follows. */
  month!: string;
  tally!: Tally | null;
  scheduleId!: string | null;
  parentRunId!: string | null;
  backfillId!: string | null;
  recallId!: string | null;
  retry!: RetrySelection | null;
}

/** A page of runs. */
export const RunConnection = countedConnectionOf('Run', () => Run);
