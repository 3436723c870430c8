import { because } from '../refusals.js';
import { isRejection } from '../rejection.js';
import { type Edit, editable } from './edit-guard.js';
import { parseScheduleInput, type ScheduleInput } from './parse-schedule-input.js';
import type { ScheduleEvent, SettingsChanges } from './schedule-events.js';
import { invalidSchedule, rejected, type ScheduleDecision } from './schedule-rejection.js';
import { type ScheduleSettings, SETTINGS_DEFAULTS } from './schedule-settings.js';
import type { Schedule } from './schedule.js';

/** What creating a schedule takes. */
export interface Creation {
  /** What stands under the new id: undefined, unless the id is taken. */
  readonly schedule: Schedule | undefined;
  readonly input: ScheduleInput;
  readonly at: Date;
}

/** Creates a schedule: `ScheduleCreated`. Only slots after `at` are its own. Refused: SCHEDULE_EXISTS, INVALID_SCHEDULE. */
export function createSchedule({ schedule, input, at }: Creation): ScheduleDecision {
  if (schedule !== undefined) return rejected('SCHEDULE_EXISTS', because('SCHEDULE_EXISTS'));
  const parsed = parseScheduleInput(input, SETTINGS_DEFAULTS);
  if (!parsed.ok) return invalidSchedule(parsed.problems);
  return [{ type: 'ScheduleCreated', data: { settings: parsed.value, effectiveAt: at.toISOString() } }];
}

/**
 * Changes what an input names and leaves the rest: `ScheduleChanged` with what differs, and a pause or activation of its own where `active`
 * differs; no event when nothing does. Refused: SCHEDULE_NOT_FOUND, VERSION_CONFLICT, SLOTS_NOT_SETTLED, INVALID_SCHEDULE.
 */
export function changeSchedule(edit: Edit & { readonly input: ScheduleInput }): ScheduleDecision {
  const guarded = editable(edit);
  if (isRejection(guarded)) return guarded;
  const { settings } = guarded;
  const parsed = parseScheduleInput(edit.input, settings);
  if (!parsed.ok) return invalidSchedule(parsed.problems);
  const effectiveAt = edit.at.toISOString();
  const changes = differences(settings, parsed.value);
  const changed: ScheduleEvent[] = Object.keys(changes).length > 0 ? [{ type: 'ScheduleChanged', data: { changes, effectiveAt } }] : [];
  return [...changed, ...switched(settings.active, parsed.value.active, effectiveAt)];
}

function switched(before: boolean, after: boolean, effectiveAt: string): readonly ScheduleEvent[] {
  if (before === after) return [];
  if (after) return [{ type: 'ScheduleActivated', data: { effectiveAt } }];
  return [{ type: 'SchedulePaused', data: { reason: null, effectiveAt } }];
}

function differences(before: ScheduleSettings, { active: _active, ...after }: ScheduleSettings): SettingsChanges {
  const old: Readonly<Record<string, unknown>> = { ...before };
  // `catchUp`'s two fields always come in the order in which parsing reads them, so that their JSON compares.
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field] ?? null)));
}
