import { type LocalDate } from '../local-date.js';
import type { Program } from '../program.js';
import { recordDateOf } from '../slots/record-date.js';
import { slotsAfter } from '../slots/nominal-slots.js';
import { firstInstantShowing } from '../slots/wall-clock.js';
import type { Cadence } from './cadence.js';

const FORM = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY_MS = 86_400_000;
/** Slots of a cron that are looked at for the latest time of day: a day of one that is due every minute, years of any other. */
const LOOKED_AT = 1_500;

/** Reads a time of day, `HH:MM` on 24 hours. */
export function timeOfDay(value: unknown): string | undefined {
  return typeof value === 'string' && FORM.test(value) ? value : undefined;
}

/** The latest time of day at which a cadence comes due, `HH:MM` on the clocks of its zone. */
export function latestSlotTime(cadence: Cadence): string {
  if (cadence.frequency !== 'CRON') return clock((cadence.hour * 60 + cadence.minute) * 60_000);
  let latest = 0;
  let looked = 0;
  for (const { wall } of slotsAfter(cadence, Date.UTC(2024, 0, 1))) {
    latest = Math.max(latest, wall % DAY_MS);
    looked += 1;
    if (looked >= LOOKED_AT) break;
  }
  return clock(latest);
}

/**
 * The instant by which a slot's advice is to be there: the time on the clocks of the schedule's zone, on the day that the advice is for. Undefined where
 * the clocks leave nothing of it after the slot.
 */
export function readyByOf(
  slot: Date,
  { readyBy, ...cadence }: Cadence & { readonly readyBy?: string | null },
  { recordDay, targetDate }: Pick<Program, 'recordDay' | 'targetDate'>,
): Date | undefined {
  if (readyBy === undefined || readyBy === null) return undefined;
  const day: LocalDate = targetDate(recordDateOf(slot, cadence, recordDay));
  const { at } = firstInstantShowing(Date.parse(`${day}T${readyBy}:00Z`), cadence.timeZone);
  return at > slot.getTime() ? new Date(at) : undefined;
}

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}
