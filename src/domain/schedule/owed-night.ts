import { dateInZone, type LocalDate } from '../local-date.js';
import type { ProgramName } from '../program.js';
import { programOf } from '../programs/all-programs.js';
import { recordDateOf } from '../slots/record-date.js';
import { latestSlotsBetween } from '../slots/slots.js';
import { readyByOf } from './ready-by.js';
import type { Schedule } from './schedule.js';

/** How far back a slot may lie whose advice is due today. */
const LOOK_BACK_MS = 3 * 86_400_000;
/** Slots that are looked at: a day of a cron that is due every minute. */
const LOOKED_AT = 1_500;

/** Advice that was to be there by a time of today. */
export interface OwedNight {
  readonly scheduleId: string;
  readonly name: string;
  readonly program: ProgramName;
  readonly recordDate: LocalDate;
  readonly readyBy: Date;
}

/**
 * The night whose ready-by time came last today, on the clocks of the schedule's zone. Undefined before that time, for a schedule that is paused or names no
 * time, and where no slot of it led to today. Whether the slot was fired plays no part: a slot that was never fired is owed all the same.
 */
export function owedNight({ scheduleId, status, settings, effectiveSince }: Schedule, now: Date): OwedNight | undefined {
  if (status !== 'ACTIVE' || settings.readyBy == null) return undefined;
  const program = programOf(settings.program);
  const since = new Date(Math.max(Date.parse(effectiveSince), now.getTime() - LOOK_BACK_MS));
  for (const slot of latestSlotsBetween(settings, since, now, LOOKED_AT).toReversed()) {
    const readyBy = readyByOf(slot, settings, program);
    if (readyBy === undefined || readyBy > now) continue;
    if (dateInZone(readyBy, settings.timeZone) !== dateInZone(now, settings.timeZone)) return undefined;
    const recordDate = recordDateOf(slot, settings, program.recordDay);
    return { scheduleId, name: settings.name, program: settings.program, recordDate, readyBy };
  }
  return undefined;
}
