import type { Schedule } from '../domain/schedule/schedule.js';

/** Columns of `batch.schedule_view`, in the order of `scheduleValues`. */
export const SCHEDULE_COLUMNS = [
  'schedule_id', 'version', 'settings_version', 'status', 'name', 'settings', 'paused_reason', 'effective_since', 'last_slot', 'last_fired_slot',
  'last_run_id', 'fired_slots', 'skipped_slots', 'has_uncounted_skips', 'created_by', 'created_at', 'updated_at',
] as const; // prettier-ignore

/** A row of `batch.schedule_view`. */
export interface ScheduleRow {
  schedule_id: string;
  version: number;
  settings_version: number;
  status: Schedule['status'];
  name: string;
  settings: Schedule['settings'];
  paused_reason: string | null;
  effective_since: Date;
  last_slot: Date | null;
  last_fired_slot: Date | null;
  last_run_id: string | null;
  fired_slots: number;
  skipped_slots: Schedule['skippedSlots'];
  has_uncounted_skips: boolean;
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** A schedule as values for `SCHEDULE_COLUMNS`. */
export function scheduleValues(schedule: Schedule): unknown[] {
  return [
    schedule.scheduleId, schedule.version, schedule.settingsVersion, schedule.status, schedule.settings.name, JSON.stringify(schedule.settings),
    schedule.pausedReason, schedule.effectiveSince, schedule.lastSlot, schedule.lastFiredSlot, schedule.lastRunId, schedule.firedSlots,
    JSON.stringify(schedule.skippedSlots), schedule.hasUncountedSkips, schedule.createdBy, schedule.createdAt, schedule.updatedAt,
  ]; // prettier-ignore
}

/** A schedule out of its row. */
export function scheduleOfRow(row: ScheduleRow): Schedule {
  return {
    scheduleId: row.schedule_id,
    version: row.version,
    settingsVersion: row.settings_version,
    status: row.status,
    settings: row.settings,
    pausedReason: row.paused_reason,
    effectiveSince: row.effective_since.toISOString(),
    lastSlot: row.last_slot?.toISOString() ?? null,
    lastFiredSlot: row.last_fired_slot?.toISOString() ?? null,
    lastRunId: row.last_run_id,
    firedSlots: row.fired_slots,
    skippedSlots: row.skipped_slots,
    hasUncountedSkips: row.has_uncounted_skips,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
