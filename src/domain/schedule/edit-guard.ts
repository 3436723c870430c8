import { because } from '../refusals.js';
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
    return rejected('SCHEDULE_NOT_FOUND', because(schedule === undefined ? 'SCHEDULE_NOT_FOUND' : 'SCHEDULE_DELETED'));
  }
  if (expectedVersion !== undefined && expectedVersion !== schedule.settingsVersion) {
    const versions = { expected: expectedVersion, found: schedule.settingsVersion };
    return rejected('VERSION_CONFLICT', because('VERSION_CONFLICT', versions));
  }
  const slot = unsettledSlot(schedule, at);
  if (slot === undefined) return schedule;
  return rejected('SLOTS_NOT_SETTLED', because('SLOTS_NOT_SETTLED', { until: at.toISOString(), slot: slot.toISOString() }));
}

function unsettledSlot({ settings, effectiveSince, lastSlot }: Schedule, at: Date): Date | undefined {
  if (!settings.active) return undefined;
  const settledThrough = Math.max(Date.parse(effectiveSince), lastSlot === null ? -Infinity : Date.parse(lastSlot));
  const [slot] = nextSlots(settings, new Date(settledThrough), 1);
  return slot !== undefined && slot <= at ? slot : undefined;
}
