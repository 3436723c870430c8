import { addDays, dateInZone, type LocalDate } from '../local-date.js';
import type { RecordDay } from '../program.js';
import { recordDateOf } from '../slots/record-date.js';
import { nextSlots } from '../slots/slots.js';
import type { Cadence } from './cadence.js';

/** Slots of each schedule that are looked ahead to: today's and tomorrow's of a daily one. */
const AHEAD = 3;

/** What makes a record date one that is still to come. */
export interface ComingQuestion {
  /** Cadences of the program's active schedules. */
  readonly cadences: readonly Cadence[];
  readonly recordDay: RecordDay;
  readonly now: Date;
  /** The service's own zone: it says which day it is where no schedule does. */
  readonly timeZone: string;
}

/** When a record date comes due; `at` is null where no schedule's next slots reach it. */
export interface Coming {
  readonly at: Date | null;
  /** Whether a slot is on its way to it. */
  readonly awaited: boolean;
}

/**
 * Record dates that have no run to be expected yet: those that a schedule's next slots are for, and those whose records are not complete. Undefined for a
 * day that is due.
 */
export function comingDays({ cadences, recordDay, now, timeZone }: ComingQuestion): (recordDate: LocalDate) => Coming | undefined {
  const slots = new Map<LocalDate, Date>();
  for (const cadence of cadences) {
    for (const slot of nextSlots(cadence, now, AHEAD)) {
      const date = recordDateOf(slot, cadence, recordDay);
      const known = slots.get(date);
      if (known === undefined || slot < known) slots.set(date, slot);
    }
  }
  const today = dateInZone(now, timeZone);
  const latest = recordDay === 'SAME_DAY' ? today : addDays(today, -1);
  return (recordDate) => {
    const at = slots.get(recordDate);
    if (at !== undefined) return { at, awaited: true };
    return recordDate > latest ? { at: null, awaited: false } : undefined;
  };
}
