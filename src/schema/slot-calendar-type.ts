import { ArgsType, Field, Int } from 'type-graphql';
import type { SlotSkipReason } from '../domain/schedule/schedule-events.js';
import { enumOf } from './enums.js';
import { PageInfo } from './connection.js';
import { Most } from './list-size.js';
import { DateTimeScalar } from './scalars.js';
import { SlotSkipReasonEnum } from './schedule-enums.js';
import { SlotNote } from './schedule-slot-type.js';
import { ObjectOfNobody, PageOfNodes } from './of-person.js';

/** Most slots that one calendar shows. */
export const MAX_CALENDAR_SLOTS = 500;
/** Longest span of a calendar, in days. */
export const MAX_CALENDAR_DAYS = 92;

/** From when to when. */
@ArgsType()
export class CalendarArgs {
  @Field(() => DateTimeScalar, { description: 'First instant.' })
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'Last instant, at most 92 days later.' })
  to!: Date;

  @Field(() => String, { nullable: true, description: 'The cursor of the last slot seen; leave out for the beginning.' })
  after?: string | null;
}

const SLOT_STATES = ['FIRED', 'SKIPPED', 'COMING'] as const;
export type SlotState = (typeof SLOT_STATES)[number];

const SlotStateEnum = enumOf(SLOT_STATES, {
  name: 'SlotState',
  description: 'What became of a slot.',
  values: {
    FIRED: 'It made a run.',
    SKIPPED: 'It made none, for a reason.',
    COMING: 'It is not decided yet: it is still to come, or just due.',
  },
});

/** A nominal due time of a schedule, past or to come. */
@ObjectOfNobody({ description: 'A nominal due time of a schedule, past or to come. Its schedule and its run are fields of the resolver.' })
export class CalendarSlot {
  @Field(() => DateTimeScalar, { description: 'Its nominal time; of a range, that of the first slot.' })
  scheduledFor!: Date;

  @Field({ description: 'The same instant on the clocks of the schedule’s present time zone.' })
  local!: string;

  @Field(() => SlotStateEnum)
  state!: SlotState;

  @Field(() => SlotSkipReasonEnum, { nullable: true, description: 'Why it was skipped; null otherwise.' })
  reason!: SlotSkipReason | null;

  @Field({ description: 'Whether it came to be decided later than five minutes after its time.' })
  misfire!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Where a long silence was skipped as one range: its last slot.' })
  through!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Slots of such a range; null for a single slot, and beyond 10,000.' })
  count!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was fired or skipped; null while it is to come.' })
  decidedAt!: Date | null;

  @Most(2)
  @Field(() => [SlotNote], { description: 'Of one to come: what daylight saving does to it; mostly empty.' })
  notes!: readonly SlotNote[];

  scheduleId!: string;
  runId!: string | null;
}

/** The slots of all schedules over some time. */
@PageOfNodes('SlotCalendar', { description: 'The slots of all schedules over some time.' })
export class SlotCalendar {
  @Most(MAX_CALENDAR_SLOTS)
  @Field(() => [CalendarSlot], { description: 'By time, earliest first.' })
  slots!: CalendarSlot[];

  @Field(() => PageInfo, {
    description:
      'Whether more slots follow than are shown, and the cursor of the last one: ask again for the same span with it as `after`.',
  })
  pageInfo!: PageInfo;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Where more slots follow than are shown: the instant at which they begin. Null when these are all.',
    deprecationReason: 'A span that begins here tells the ranges again that reach over it. Use `pageInfo` and `after`.',
  })
  nextFrom!: Date | null;
}
