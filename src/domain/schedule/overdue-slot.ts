import { nextSlots } from '../slots/slots.js';
import type { Schedule } from './schedule.js';

/** ms after which a slot that is not recorded was missed: a scheduler enqueues it within seconds. */
const OVERDUE_MS = 300_000;

/** What of a schedule says which slot is its next. */
export type Due = Pick<Schedule, 'status' | 'settings' | 'effectiveSince' | 'lastSlot'>;

/** The first slot that is neither fired nor skipped, gone or coming; null for a schedule that is not active. */
export function dueSlot({ status, settings, effectiveSince, lastSlot }: Due): Date | null {
  if (status !== 'ACTIVE') return null;
  const settled = new Date(Math.max(Date.parse(effectiveSince), lastSlot === null ? -Infinity : Date.parse(lastSlot)));
  return nextSlots(settings, settled, 1)[0] ?? null;
}

/** The slot whose time has come, some minutes ago, and that nothing has fired or skipped: no scheduler is at work. Null where none is. */
export function overdueSlot(schedule: Due, now: Date): Date | null {
  const due = dueSlot(schedule);
  return due !== null && now.getTime() - due.getTime() > OVERDUE_MS ? due : null;
}
