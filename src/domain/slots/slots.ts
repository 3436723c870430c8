import type { Cadence } from '../schedule/cadence.js';
import { slotsAfter } from './nominal-slots.js';

const FIRST_LOOK_BACK_MS = 3_600_000;

/**
 * The slots of a cadence with `afterExclusive < slot <= untilInclusive`, in strictly rising order, the earliest `limit` of them at most.
 * How daylight saving is treated stands at `slotsAfter`. A slot takes some 5 microseconds.
 */
export function slotsBetween(cadence: Cadence, afterExclusive: Date, untilInclusive: Date, limit: number): Date[] {
  const slots: Date[] = [];
  if (limit <= 0) return slots;
  const until = untilInclusive.getTime();
  for (const { at } of slotsAfter(cadence, afterExclusive.getTime())) {
    if (at > until) break;
    slots.push(new Date(at));
    if (slots.length >= limit) break;
  }
  return slots;
}

/** The next `count` slots of a cadence after an instant; fewer only for a cron that is never due again, which parsing refuses. */
export function nextSlots(cadence: Cadence, after: Date, count: number): Date[] {
  return slotsBetween(cadence, after, new Date(8.64e15), count);
}

/**
 * Like `slotsBetween`, but the latest `limit` slots, still in rising order. It looks back over doubling spans, so that the last thousand of a
 * three-year silence cost as little as those of a day.
 */
export function latestSlotsBetween(cadence: Cadence, afterExclusive: Date, untilInclusive: Date, limit: number): Date[] {
  if (limit <= 0) return [];
  const until = untilInclusive.getTime();
  for (let lookBack = FIRST_LOOK_BACK_MS; ; lookBack *= 2) {
    const after = Math.max(afterExclusive.getTime(), until - lookBack);
    const slots = slotsBetween(cadence, new Date(after), untilInclusive, Infinity);
    if (slots.length >= limit || after === afterExclusive.getTime()) return slots.slice(-limit);
  }
}
