import { spokenLanguage } from '../words/language.js';
import { describeCadence } from '../../application/schedules/describe-cadence.js';
import { upcomingSlots, type UpcomingSlot } from '../../application/schedules/preview-schedule.js';
import { cronTextOf } from '../../domain/schedule/cadence.js';
import type { ScheduleSettings } from '../../domain/schedule/schedule-settings.js';
import type { Schedule } from '../../domain/schedule/schedule.js';

/** Settings as a JSON document, with the names that GraphQL uses. */
export function settingsDocument(settings: ScheduleSettings): object {
  const descriptions = { description: describeCadence(settings, 'en'), descriptionKo: describeCadence(settings, 'ko') };
  return { ...settings, cron: cronTextOf(settings), ...descriptions };
}

/** A schedule as a JSON document, with the names that GraphQL uses. `nextSlot` is null unless it is active. */
export function scheduleDocument(schedule: Schedule, now: Date): object {
  const { scheduleId, settings, status, settingsVersion, pausedReason, firedSlots, hasUncountedSkips, lastSlot, lastRunId } = schedule;
  const slots = { firedSlots, skippedSlots: schedule.skippedSlots, hasUncountedSkips, lastSlot, lastRunId };
  const { createdBy, createdAt, updatedAt } = schedule;
  const state = { status, version: settingsVersion, pausedReason, nextSlot: nextSlotOf(schedule, now) ?? null };
  return { id: scheduleId, ...settingsDocument(settings), ...state, ...slots, createdBy, createdAt, updatedAt };
}

/** The next slot of an active schedule; undefined for one that is not. */
export function nextSlotOf({ status, settings }: Schedule, now: Date): UpcomingSlot | undefined {
  return status === 'ACTIVE' ? upcomingSlots(settings, now, 1)[0] : undefined;
}

/** When a cadence comes due, for a table or a line of its own. */
export function whenWords(settings: ScheduleSettings): string {
  return describeCadence(settings, spokenLanguage()).replace(/\.$/, '');
}

/** A slot's local time for people: `2026-11-24 09:00 +09:00`. */
export function localWords({ local }: UpcomingSlot): string {
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${local.slice(19)}`;
}
