import { nextSlots } from '../slots/slots.js';
import { rejected, type ScheduleRejection } from './schedule-rejection.js';
import type { Schedule } from './schedule.js';

/** What every command on an existing schedule brings along. */
export interface Edit {
  /** The folded schedule; undefined when its stream is empty. */
  readonly schedule: Schedule | undefined;
  /** The `settingsVersion` that the operator saw; undefined for a client that knows none (IBSafe's REST calls). */
  readonly expectedVersion?: number | undefined;
  /** The instant that the decision is made with; the slots up to it must be recorded. */
  readonly at: Date;
}

/**
 * The schedule of a command that may go on, else its refusal. SLOTS_NOT_SETTLED is for the caller, not for the operator: a slot that was due
 * before the edit belongs to the settings before it and would be lost (the original lost it so); run `decideSlots` for the same `at`, record
 * what it says, and decide again.
 */
export function editable({ schedule, expectedVersion, at }: Edit): Schedule | ScheduleRejection {
  if (schedule === undefined || schedule.status === 'DELETED') {
    const found = schedule === undefined ? 'none' : 'a deleted one';
    return rejected('SCHEDULE_NOT_FOUND', `Expected an existing schedule, found ${found}. List the schedules for their ids.`);
  }
  if (expectedVersion !== undefined && expectedVersion !== schedule.settingsVersion) {
    const versions = `Expected version ${expectedVersion}, found ${schedule.settingsVersion}`;
    return rejected('VERSION_CONFLICT', `${versions}: the schedule was changed meanwhile. Read it again and repeat what still applies.`);
  }
  const slot = unsettledSlot(schedule, at);
  if (slot === undefined) return schedule;
  const message = `Expected every slot up to ${at.toISOString()} to be recorded, found ${slot.toISOString()} open. Record it and try again.`;
  return rejected('SLOTS_NOT_SETTLED', message);
}

function unsettledSlot({ settings, effectiveSince, lastSlot }: Schedule, at: Date): Date | undefined {
  if (!settings.active) return undefined;
  const settledThrough = Math.max(Date.parse(effectiveSince), lastSlot === null ? -Infinity : Date.parse(lastSlot));
  const [slot] = nextSlots(settings, new Date(settledThrough), 1);
  return slot !== undefined && slot <= at ? slot : undefined;
}
