import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import type { ScheduleSettings } from '../domain/schedule/schedule-settings.js';
import { slotsBetween } from '../domain/slots/slots.js';

/** What can be wrong with a slot: it was not recorded, it was recorded twice, or something was recorded that is no slot of an active schedule. */
export type AccountFault = 'LOST' | 'DOUBLED' | 'NOT_A_SLOT' | 'NOT_ACTIVE' | 'MISCOUNTED';

/** A slot (epoch ms) and what is wrong with it. */
export interface AccountedSlot {
  readonly slot: number;
  readonly fault: AccountFault;
}

/** Most lost slots that are named for one hole: a schedule of every minute that lost a month is one finding, not 43,200. */
const MAX_NAMED = 10;
/** Most slots of a range that are counted, as in `decideSlots`. */
const MAX_COUNTED = 10_000;

/**
 * Goes through the stream of one schedule in order and holds what it records against the slots that its settings had at each time. Up to an edit
 * and up to each recorded slot nothing may be missing; after the last recorded slot of a schedule that is still active nothing is asked: what is
 * due there is the scheduler's next business, not a fault.
 */
export class SlotAccount {
  private settings: ScheduleSettings | undefined;
  private settled = -Infinity;
  private effective = -Infinity;

  /** Takes the next event of the stream. @returns what is wrong with the slots up to it */
  take(event: ScheduleEvent): readonly AccountedSlot[] {
    switch (event.type) {
      case 'SlotFired':
      case 'SlotSkipped':
        return this.recorded(Date.parse(event.data.slot), Date.parse(event.data.slot), 1);
      case 'SlotRangeSkipped':
        return this.recorded(Date.parse(event.data.slot), Date.parse(event.data.through), event.data.count);
      case 'SlotsReopened': {
        const { after, lastSlot } = event.data;
        // What was told of later slots does not count: they are asked for again.
        this.effective = Math.min(this.effective, Date.parse(after));
        this.settled = Math.max(this.effective, lastSlot === null ? -Infinity : Date.parse(lastSlot));
        return [];
      }
      default: {
        const effectiveAt = Date.parse(event.data.effectiveAt);
        const lost = this.slotsUntil(effectiveAt, MAX_NAMED).map((slot) => ({ slot, fault: 'LOST' as const }));
        this.settled = Math.max(this.settled, effectiveAt);
        this.effective = Math.max(this.effective, effectiveAt);
        this.settings = settingsAfter(this.settings, event);
        return lost;
      }
    }
  }

  private recorded(slot: number, through: number, count: number | null): readonly AccountedSlot[] {
    if (this.settings?.active !== true) return [{ slot, fault: 'NOT_ACTIVE' }];
    if (slot <= this.settled) return [{ slot, fault: 'DOUBLED' }];
    const before = this.slotsUntil(slot - 1, MAX_NAMED);
    const inside = slotsBetween(this.settings, new Date(slot - 1), new Date(through), MAX_COUNTED + 1);
    const last = through === slot ? slot : slotsBetween(this.settings, new Date(through - 1), new Date(through), 1)[0]?.getTime();
    this.settled = through;
    const faults: AccountedSlot[] = before.map((lost) => ({ slot: lost, fault: 'LOST' }));
    if (inside[0]?.getTime() !== slot || last !== through) faults.push({ slot, fault: 'NOT_A_SLOT' });
    else if ((inside.length > MAX_COUNTED ? null : inside.length) !== count) faults.push({ slot, fault: 'MISCOUNTED' });
    return faults;
  }

  /** Slots that belong to the settings of now, are up to an instant and were not recorded. */
  private slotsUntil(until: number, limit: number): number[] {
    if (this.settings?.active !== true || until <= this.settled) return [];
    return slotsBetween(this.settings, new Date(this.settled), new Date(until), limit).map((slot) => slot.getTime());
  }
}

type OperatorEvent = Exclude<ScheduleEvent, { type: `Slot${string}` }>;

function settingsAfter(settings: ScheduleSettings | undefined, event: OperatorEvent): ScheduleSettings | undefined {
  if (event.type === 'ScheduleCreated') return event.data.settings;
  if (settings === undefined) return undefined;
  if (event.type === 'ScheduleChanged') return { ...settings, ...event.data.changes };
  return { ...settings, active: event.type === 'ScheduleActivated' };
}
