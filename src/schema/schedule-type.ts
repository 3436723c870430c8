import { Arg, Field, Int } from 'type-graphql';
import { reasonIn } from '../words/code-words.js';
import type { Language } from '../domain/said.js';
import { LanguageEnum } from './language-type.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Cadence, Frequency } from '../domain/schedule/cadence.js';
import type { CatchUpPolicy, OverlapPolicy } from '../domain/schedule/schedule-settings.js';
import type { Due } from '../domain/schedule/overdue-slot.js';
import type { ScheduleStatus } from '../domain/schedule/schedule.js';
import { connectionOf } from './connection.js';
import { GeneratorEnum, ProgramEnum } from './enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { CatchUpPolicyEnum, FrequencyEnum, OverlapPolicyEnum, ScheduleStatusEnum } from './schedule-enums.js';
import { SlotSkipCount } from './schedule-slot-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** How missed slots are made up for. */
@ObjectOfNobody({ description: 'How missed slots are made up for.' })
export class CatchUp {
  @Field(() => CatchUpPolicyEnum)
  policy!: CatchUpPolicy;

  @Field(() => Int, { description: 'Slots older than this many hours are never made up for.' })
  windowHours!: number;
}

/** What an operator decides about a schedule; a preview shows the same of one that is not saved. */
@ObjectOfNobody({ description: 'Everything an operator decides about a schedule.' })
export class ScheduleSettings {
  @Field()
  name!: string;

  @Field(() => FrequencyEnum)
  frequency!: Frequency;

  @Field(() => Int, { description: '0 to 23. Not read for CRON.' })
  hour!: number;

  @Field(() => Int, { description: '0 to 59. Not read for CRON.' })
  minute!: number;

  @Field(() => Int, { description: '0 (Sunday) to 6 (Saturday). Read for WEEKLY only.' })
  dayOfWeek!: number;

  @Field(() => Int, { description: '1 to 31; the last day of a shorter month. Read for MONTHLY only.' })
  dayOfMonth!: number;

  @Field({ description: 'The cadence as five cron fields, whatever the frequency.' })
  cron!: string;

  @Field({ description: 'IANA name, such as `Asia/Seoul`.' })
  timeZone!: string;

  @Field()
  active!: boolean;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => GeneratorEnum, { nullable: true, description: 'Null for the service’s own default.' })
  generator!: GeneratorName | null;

  @Field(() => CatchUp)
  catchUp!: CatchUp;

  @Field(() => OverlapPolicyEnum)
  overlap!: OverlapPolicy;

  @Field(() => String, {
    nullable: true,
    description:
      'By when advice is to be there: `HH:MM` in the time zone, on the day that the advice is for. Null for no time: then nothing is late.',
  })
  readyBy?: string | null;

  @Field({ description: 'When it comes due, as a sentence in English.' })
  description!: string;

  @Field({ description: 'When it comes due, as a sentence in Korean.' })
  descriptionKo!: string;

  /** For reckoning its slots: not part of the API. */
  cadence!: Cadence;
}

/** Durable intent: cadence, time zone, policies. Its slots, runs and events are fields of the resolver. */
@ObjectOfNobody({ description: 'When the batch runs by itself: cadence, time zone, and what to do about missed slots and active runs.' })
export class Schedule extends ScheduleSettings {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => ScheduleStatusEnum)
  status!: ScheduleStatus;

  @Field(() => Int, {
    description: 'Rises with each change by an operator. Pass it as `expectedVersion`, so that you overwrite no other change.',
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was paused, in an operator’s words; null when active, or when a change switched it off.',
  })
  pausedReason(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.pausedFor === null ? null : reasonIn(this.pausedFor, language);
  }

  /** As the log has it. */
  pausedFor!: string | null;

  @Field(() => Int, { description: 'Slots that made a run.' })
  firedSlots!: number;

  @Most(10)
  @Field(() => [SlotSkipCount], { description: 'Slots that were skipped, by reason, most frequent first.' })
  skippedSlots!: SlotSkipCount[];

  @Field({ description: 'Whether more were skipped than `skippedSlots` counts: a range of more than 10,000 is not counted.' })
  hasUncountedSkips!: boolean;

  @Field()
  createdBy!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When an operator last changed it.' })
  updatedAt!: Date;

  lastRunId!: string | null;

  /** For reckoning the slot that is due: not part of the API. */
  due!: Due;
}

/** A page of schedules. */
export const ScheduleConnection = connectionOf('Schedule', () => Schedule);
