import type { Deps } from '../ports.js';
import { settleSlots } from './settle-slots.js';

/**
 * Fires or skips every slot of a schedule that is due by the database's clock. Ring it as often as you like: a second ring finds nothing due.
 * @returns the runs that were made
 */
export async function fireDueSlots(deps: Deps, scheduleId: string): Promise<readonly string[]> {
  const runIds = await deps.transaction(async (tx) => {
    const schedule = await tx.schedules.lock(scheduleId);
    if (schedule?.status !== 'ACTIVE') return [];
    return (await settleSlots(deps, tx, schedule, await tx.now())).runIds;
  });
  await ringFor(deps, runIds);
  return runIds;
}

/** Rings for runs that were made of slots: after the commit, so that a worker finds them. */
export async function ringFor(deps: Deps, runIds: readonly string[]): Promise<void> {
  for (const runId of runIds) {
    await deps.bell.planRun(runId);
    deps.progress.changed(runId);
  }
}
