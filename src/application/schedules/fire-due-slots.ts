import type { Deciding, Ordering } from '../ports.js';
import { announceRuns } from '../run/enqueue-plans.js';
import { settleSlots } from './settle-slots.js';

/** What a wake-up came to. */
export interface Fired {
  /** The runs that were made. */
  readonly runIds: readonly string[];
  /** Whether slots were given back that a clock that was ahead had recorded. */
  readonly reopened: boolean;
}

/**
 * Fires or skips every slot of a schedule that is due by the database's clock. Wake it as often as you like: a second wake-up finds nothing due.
 * @returns the runs that were made
 */
export async function fireDueSlots(deps: Deciding & Ordering, scheduleId: string): Promise<readonly string[]> {
  return (await fireSlotsOf(deps, scheduleId)).runIds;
}

/** The same, and whether slots were reopened. */
export async function fireSlotsOf(deps: Deciding & Ordering, scheduleId: string): Promise<Fired> {
  const fired = await deps.transaction(async (tx) => {
    const schedule = await tx.schedules.lock(scheduleId);
    if (schedule?.status !== 'ACTIVE') return { runIds: [], reopened: false };
    return settleSlots(deps, tx, schedule, await tx.now());
  });
  await announceRuns(deps, fired.runIds);
  if (fired.reopened) deps.progress.notify(SCHEDULES_CHANGED);
  return fired;
}

/** What wakes schedulers: a schedule was made, changed or ended, or has its slots back. */
export const SCHEDULES_CHANGED = 'schedules';
