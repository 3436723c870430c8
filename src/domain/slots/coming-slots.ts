import type { Schedule } from '../schedule/schedule.js';
import { slotsAfter } from './nominal-slots.js';

/** A slot of a schedule that is not decided yet. */
export interface ComingSlot {
  readonly scheduleId: string;
  readonly slot: Date;
}

/** Which slots: from `from` to `to`, the earliest `limit` of all schedules together. */
export interface ComingSpan {
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
}

/**
 * The slots of active schedules that are neither fired nor skipped yet, by time. One after another is reckoned, so that a schedule of every minute takes
 * no more than it adds.
 */
export function comingSlots(schedules: readonly Schedule[], { from, to, limit }: ComingSpan): ComingSlot[] {
  const next = schedules
    .filter(({ status }) => status === 'ACTIVE')
    .map((schedule) => aheadOf(schedule, from.getTime() - 1))
    .filter((ahead) => ahead.at <= to.getTime());
  const found: ComingSlot[] = [];
  while (found.length < limit) {
    const first = next.reduce<Ahead | undefined>((least, each) => (least === undefined || each.at < least.at ? each : least), undefined);
    if (first === undefined || first.at > to.getTime()) break;
    found.push({ scheduleId: first.scheduleId, slot: new Date(first.at) });
    first.at = following(first.slots);
  }
  return found;
}

interface Ahead {
  readonly scheduleId: string;
  readonly slots: ReturnType<typeof slotsAfter>;
  at: number;
}

function aheadOf({ scheduleId, settings, effectiveSince, lastSlot }: Schedule, after: number): Ahead {
  const decided = Math.max(Date.parse(effectiveSince), lastSlot === null ? -Infinity : Date.parse(lastSlot));
  const slots = slotsAfter(settings, Math.max(after, decided));
  return { scheduleId, slots, at: following(slots) };
}

function following(slots: Ahead['slots']): number {
  return slots.next().value?.at ?? Infinity;
}
