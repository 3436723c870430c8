import { isRejection } from '../../../src/domain/rejection.js';
import type { ScheduleEvent } from '../../../src/domain/schedule/schedule-events.js';
import type { ScheduleDecision } from '../../../src/domain/schedule/schedule-rejection.js';
import { DEFAULT_SCHEDULE, type ScheduleSettings } from '../../../src/domain/schedule/schedule-settings.js';
import { evolveSchedule, type Schedule } from '../../../src/domain/schedule/schedule.js';

const CONTEXT = { scheduleId: '00000000-0000-4000-8000-000000000001', actor: 'operator', recordedAt: '2026-03-01T00:00:01.000Z' };

/** The default schedule but for what a test says. */
export function settings(different: Partial<ScheduleSettings> = {}): ScheduleSettings {
  return { ...DEFAULT_SCHEDULE, ...different };
}

/** A schedule after these events. */
export function fold(events: readonly ScheduleEvent[], start?: Schedule): Schedule {
  let schedule = start;
  for (const event of events) schedule = evolveSchedule(schedule, event, CONTEXT);
  if (schedule === undefined) throw new Error('a test folds at least one event');
  return schedule;
}

/** A new schedule, effective at an instant. */
export function newSchedule(effectiveAt: string, different: Partial<ScheduleSettings> = {}): Schedule {
  return fold([{ type: 'ScheduleCreated', data: { settings: settings(different), effectiveAt } }]);
}

/** The events of a decision that a test expects to be accepted. */
export function eventsOf(decision: ScheduleDecision): readonly ScheduleEvent[] {
  if (isRejection(decision)) throw new Error(`expected events, found ${decision.code}: ${decision.message}`);
  return decision;
}

/** The code of a decision that a test expects to be refused; `accepted` otherwise. */
export function codeOf(decision: ScheduleDecision): string {
  return isRejection(decision) ? decision.code : 'accepted';
}
