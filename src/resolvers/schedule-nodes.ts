import { describeCadence } from '../application/schedules/describe-cadence.js';
import { cronTextOf } from '../domain/schedule/cadence.js';
import type { SlotSkipReason } from '../domain/schedule/schedule-events.js';
import type { FieldProblem as Problem } from '../domain/schedule/parse-schedule-input.js';
import type { ScheduleRejection } from '../domain/schedule/schedule-rejection.js';
import type { ScheduleSettings as Settings } from '../domain/schedule/schedule-settings.js';
import type { Schedule as ScheduleState } from '../domain/schedule/schedule.js';
import { localTime } from '../domain/slots/local-time.js';
import type { SlotRow } from '../projections/queries/schedule-history-queries.js';
import { FieldProblem, ScheduleInvalid } from '../schema/schedule-errors.js';
import { Slot, SlotSkipCount } from '../schema/schedule-slot-type.js';
import { CatchUp, Schedule, ScheduleSettings } from '../schema/schedule-type.js';
import { nodeOf, type FieldsOf } from './node-of.js';

/** A schedule as a GraphQL node. */
export function scheduleNode(schedule: ScheduleState): Schedule {
  const { scheduleId, settings, settingsVersion, status, pausedReason, firedSlots, hasUncountedSkips, lastRunId, createdBy } = schedule;
  const figures = { firedSlots, skippedSlots: skipCounts(schedule.skippedSlots), hasUncountedSkips, lastRunId };
  const times = { createdBy, createdAt: new Date(schedule.createdAt), updatedAt: new Date(schedule.updatedAt) };
  const state = { id: scheduleId, status, version: settingsVersion, pausedFor: pausedReason, due: schedule, ...figures, ...times };
  return nodeOf(Schedule, { ...fieldsOf(settings), ...state });
}

/** Settings as a GraphQL node. */
export function settingsNode(settings: Settings): ScheduleSettings {
  return nodeOf(ScheduleSettings, fieldsOf(settings));
}

function fieldsOf(settings: Settings): FieldsOf<ScheduleSettings> {
  return {
    ...settings,
    cron: cronTextOf(settings),
    catchUp: nodeOf(CatchUp, settings.catchUp),
    description: describeCadence(settings, 'en'),
    descriptionKo: describeCadence(settings, 'ko'),
    cadence: settings,
  };
}

function skipCounts(skipped: ScheduleState['skippedSlots']): SlotSkipCount[] {
  return Object.entries(skipped)
    .map(([reason, slots]) => nodeOf(SlotSkipCount, { reason: reason as SlotSkipReason, slots }))
    .toSorted((a, b) => b.slots - a.slots || a.reason.localeCompare(b.reason));
}

/** An entry of the slot ledger as a GraphQL node. @param timeZone the one that its local time is told in */
export function slotNode({ scheduleId: _scheduleId, slot, ...row }: SlotRow, timeZone: string): Slot {
  return nodeOf(Slot, { ...row, scheduledFor: slot, local: localTime(slot, timeZone) });
}

/** The refusal of an input. */
export function invalidNode({ code, said, problems }: ScheduleRejection): ScheduleInvalid {
  return nodeOf(ScheduleInvalid, { code, said, problems: problems.map(problemNode) });
}

function problemNode({ field, found, said }: Problem): FieldProblem {
  return nodeOf(FieldProblem, { field, found, said });
}
