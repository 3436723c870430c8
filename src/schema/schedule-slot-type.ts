import { Field, Int } from 'type-graphql';
import type { SlotSkipReason } from '../domain/schedule/schedule-events.js';
import type { SlotNoteCode } from '../domain/slots/slot-notes.js';
import { connectionOf } from './connection.js';
import { DateTimeScalar } from './scalars.js';
import { SlotNoteEnum, SlotSkipReasonEnum } from './schedule-enums.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** A remark on a slot that is to come. */
@ObjectOfNobody({ description: 'A remark on a slot that is to come.' })
export class SlotNote {
  @Field(() => SlotNoteEnum)
  code!: SlotNoteCode;

  @Field({ description: 'The wall time that the schedule asks for, `YYYY-MM-DDTHH:mm`.' })
  nominalTime!: string;
}

/** A nominal due time that is to come. */
@ObjectOfNobody({ description: 'A nominal due time that is to come.' })
export class UpcomingSlot {
  @Field(() => DateTimeScalar, { description: 'In UTC.' })
  at!: Date;

  @Field({ description: 'The same instant on the clocks of the schedule’s time zone, with their offset from UTC.' })
  local!: string;

  @Most(2)
  @Field(() => [SlotNote], { description: 'What daylight saving does to it; mostly empty.' })
  notes!: readonly SlotNote[];
}

/** An entry of the slot ledger: what became of a nominal due time. */
@ObjectOfNobody({ description: 'What became of a nominal due time of a schedule: it fired once, or was skipped for a reason.' })
export class Slot {
  @Field(() => DateTimeScalar, { description: 'Its nominal time; of a range, that of the first slot.' })
  scheduledFor!: Date;

  @Field({ description: 'The same instant on the clocks of the schedule’s present time zone.' })
  local!: string;

  @Field()
  fired!: boolean;

  @Field(() => SlotSkipReasonEnum, { nullable: true, description: 'Why it was skipped; null when it fired.' })
  reason!: SlotSkipReason | null;

  @Field({ description: 'Whether it came to be decided later than five minutes after its time.' })
  misfire!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Where a long silence was skipped as one range: its last slot. Null for a single slot.',
  })
  through!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Slots of such a range; null for a single slot, and beyond 10,000.' })
  count!: number | null;

  @Field(() => DateTimeScalar, { description: 'When it was fired or skipped.' })
  decidedAt!: Date;

  /** The run it made: loaded by the resolver. */
  runId!: string | null;
}

/** How many slots were skipped for a reason. */
@ObjectOfNobody({ description: 'How many slots were skipped for a reason.' })
export class SlotSkipCount {
  @Field(() => SlotSkipReasonEnum)
  reason!: SlotSkipReason;

  @Field(() => Int)
  slots!: number;
}

/** A page of slots. */
export const SlotConnection = connectionOf('Slot', () => Slot);
