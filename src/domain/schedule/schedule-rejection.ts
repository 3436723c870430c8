import type { ScheduleEvent } from './schedule-events.js';
import type { FieldProblem } from './parse-schedule-input.js';

/** Why an operator's command on a schedule is refused. */
export const SCHEDULE_REJECTION_CODES = [
  'SCHEDULE_NOT_FOUND',
  'SCHEDULE_EXISTS',
  'VERSION_CONFLICT',
  'INVALID_SCHEDULE',
  'INVALID_REASON',
  'ALREADY_PAUSED',
  'NOT_PAUSED',
  'SLOTS_NOT_SETTLED',
] as const;
export type ScheduleRejectionCode = (typeof SCHEDULE_REJECTION_CODES)[number];

/** An expected refusal. The message says what was expected, what was found and what to do. */
export interface ScheduleRejection {
  readonly code: ScheduleRejectionCode;
  readonly message: string;
  /** For INVALID_SCHEDULE: each field that is wrong; else empty. */
  readonly problems: readonly FieldProblem[];
}

/** A refusal as the answer to a command. */
export interface ScheduleRefusal {
  readonly ok: false;
  readonly rejection: ScheduleRejection;
}

/** What a command comes to: events to append (none when everything is as wanted already), or a refusal. */
export type ScheduleDecision = { readonly ok: true; readonly events: readonly ScheduleEvent[] } | ScheduleRefusal;

/** A command's events. */
export function accepted(...events: readonly ScheduleEvent[]): ScheduleDecision {
  return { ok: true, events };
}

/** A command's refusal. */
export function rejected(code: ScheduleRejectionCode, message: string): ScheduleRefusal {
  return { ok: false, rejection: { code, message, problems: [] } };
}

/** The refusal of an input, naming each field, its value and the allowed range. */
export function invalidSchedule(problems: readonly FieldProblem[]): ScheduleRefusal {
  const told = problems.map(({ field, found, expected }) => `${field}: expected ${expected}, found ${found}`).join('; ');
  return { ok: false, rejection: { code: 'INVALID_SCHEDULE', message: `${told}. Correct it and send it again.`, problems } };
}
