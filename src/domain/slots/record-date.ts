import { addDays, dateInZone, type LocalDate, localDate } from '../local-date.js';
import type { RecordDay } from '../program.js';
import type { Cadence } from '../schedule/cadence.js';
import { slotsAfter } from './nominal-slots.js';
import { firstInstantShowing } from './wall-clock.js';

/**
 * The record date of a slot: its own day or the day before, as the program wants. The slot's own day is that of the wall time it stands for: where
 * a gap ends at midnight (America/Nuuk, spring), a slot of 23:30 comes due on the next day, and judged by its instant it would repeat that day's
 * records and leave out its own. For an instant that is no slot of the cadence it is the day at that instant.
 */
export function recordDateOf(slot: Date, cadence: Cadence, recordDay: RecordDay): LocalDate {
  const day = slotDayOf(slot, cadence);
  return recordDay === 'SAME_DAY' ? day : dayBefore(day, cadence.timeZone);
}

function slotDayOf(slot: Date, cadence: Cadence): LocalDate {
  const next = slotsAfter(cadence, slot.getTime() - 1).next().value;
  if (next === undefined || next.at !== slot.getTime()) return dateInZone(slot, cadence.timeZone);
  return localDate(new Date(next.wall).toISOString().slice(0, 10));
}

/** The last day before another one that the zone's calendar had: in Pacific/Apia 29 December 2011 came before the 31st. */
function dayBefore(date: LocalDate, timeZone: string): LocalDate {
  const before = addDays(date, -1);
  const { reading } = firstInstantShowing(Date.parse(`${before}T12:00:00Z`), timeZone);
  return reading === 'NO_SUCH_DAY' ? dayBefore(before, timeZone) : before;
}
