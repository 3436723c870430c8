import { Field, InputType, Int } from 'type-graphql';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Frequency } from '../domain/schedule/cadence.js';
import type { CatchUpPolicy, OverlapPolicy } from '../domain/schedule/schedule-settings.js';
import { GeneratorEnum, ProgramEnum } from './enums.js';
import { CatchUpPolicyEnum, FrequencyEnum, OverlapPolicyEnum } from './schedule-enums.js';

/** How missed slots are made up for. */
@InputType({ description: 'How missed slots are made up for.' })
class CatchUpInput {
  @Field(() => CatchUpPolicyEnum, { nullable: true, description: 'Default: LATEST.' })
  policy?: CatchUpPolicy;

  @Field(() => Int, {
    nullable: true,
    description: '1 to 720: slots older than this many hours are never made up for. Default: 24.',
  })
  windowHours?: number;
}

/** An operator's wishes. Every field may be left out; what must be given, the domain says, naming the field. */
@InputType({
  description:
    'What a schedule is to be. A new one needs `name`, `frequency`, `hour` and `minute` (for CRON, `cron` in place of the time); in a change, what is left out stays as it is.',
})
export class ScheduleInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters on one line.' })
  name?: string;

  @Field(() => FrequencyEnum, { nullable: true })
  frequency?: Frequency;

  @Field(() => Int, { nullable: true, description: '0 to 23.' })
  hour?: number;

  @Field(() => Int, { nullable: true, description: '0 to 59.' })
  minute?: number;

  @Field(() => Int, { nullable: true, description: 'For WEEKLY: 0 (Sunday) to 6 (Saturday). Default: 0.' })
  dayOfWeek?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'For MONTHLY: 1 to 31; in a shorter month its last day. Default: 1.',
  })
  dayOfMonth?: number;

  @Field(() => String, {
    nullable: true,
    description: 'For CRON, and only then: five fields, minute, hour, day of month, month, day of week.',
  })
  cron?: string;

  @Field(() => String, { nullable: true, description: 'IANA name. Default: `Asia/Seoul`.' })
  timeZone?: string;

  @Field(() => Boolean, { nullable: true, description: 'Default: true. To switch a schedule off with a reason, use `pauseSchedule`.' })
  active?: boolean;

  @Field(() => ProgramEnum, { nullable: true, description: 'Default: `DAILY`.' })
  program?: ProgramName;

  @Field(() => GeneratorEnum, { nullable: true, description: 'Null, the default, is the service’s own default.' })
  generator?: GeneratorName | null;

  @Field(() => CatchUpInput, { nullable: true })
  catchUp?: CatchUpInput;

  @Field(() => OverlapPolicyEnum, { nullable: true, description: 'Default: SKIP.' })
  overlap?: OverlapPolicy;

  @Field(() => String, {
    nullable: true,
    description:
      'By when advice is to be there: `HH:MM` in the time zone, after the slot, on the day that the advice is for. Null, the default, is no time: then nothing is late.',
  })
  readyBy?: string | null;
}
