import { because } from '../refusals.js';
import { isRejection } from '../rejection.js';
import { type Edit, editable } from './edit-guard.js';
import { lengthOf, operatorText, REASON_LENGTH } from '../operator-text.js';
import { rejected, type ScheduleDecision } from './schedule-rejection.js';

/**
 * Pauses a schedule: `SchedulePaused`. The reason is 1 to 500 characters on one line.
 * Refused: SCHEDULE_NOT_FOUND, VERSION_CONFLICT, ALREADY_PAUSED, INVALID_REASON, SLOTS_NOT_SETTLED.
 */
export function pauseSchedule(edit: Edit & { readonly reason: unknown }): ScheduleDecision {
  const guarded = editable(edit);
  if (isRejection(guarded)) return guarded;
  if (guarded.status === 'PAUSED') return rejected('ALREADY_PAUSED', because('ALREADY_PAUSED'));
  const reason = operatorText(edit.reason, REASON_LENGTH);
  if (reason === undefined) {
    const found =
      typeof edit.reason === 'string' ? because('CHARACTERS_FOUND', { count: lengthOf(edit.reason) }) : because('NO_TEXT_FOUND');
    return rejected('INVALID_REASON', because('INVALID_REASON', { most: REASON_LENGTH, found: found.said }));
  }
  return [{ type: 'SchedulePaused', data: { reason, effectiveAt: edit.at.toISOString() } }];
}

/**
 * Resumes a paused schedule: `ScheduleActivated`. No run is made for the slots of the pause: only those after `at` come due.
 * Refused: SCHEDULE_NOT_FOUND, VERSION_CONFLICT, NOT_PAUSED.
 */
export function resumeSchedule(edit: Edit): ScheduleDecision {
  const guarded = editable(edit);
  if (isRejection(guarded)) return guarded;
  if (guarded.status !== 'PAUSED') return rejected('NOT_PAUSED', because('NOT_PAUSED'));
  return [{ type: 'ScheduleActivated', data: { effectiveAt: edit.at.toISOString() } }];
}

/** Deletes a schedule for good: `ScheduleDeleted`; its log stays. Refused: SCHEDULE_NOT_FOUND, VERSION_CONFLICT, SLOTS_NOT_SETTLED. */
export function deleteSchedule(edit: Edit): ScheduleDecision {
  const guarded = editable(edit);
  if (isRejection(guarded)) return guarded;
  return [{ type: 'ScheduleDeleted', data: { effectiveAt: edit.at.toISOString() } }];
}
