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

/** An expected refusal: a value, never thrown. The message says what was expected, what was found and what to do. */
export interface ScheduleRejection {
  readonly status: 'rejected';
  readonly code: ScheduleRejectionCode;
  readonly message: string;
  /** For INVALID_SCHEDULE: each field that is wrong; else empty. */
  readonly problems: readonly FieldProblem[];
}

/** What a command comes to: events to append (none when everything is as wanted already), or a refusal. */
export type ScheduleDecision = readonly ScheduleEvent[] | ScheduleRejection;

/** A command's refusal. */
export function rejected(code: ScheduleRejectionCode, message: string): ScheduleRejection {
  return { status: 'rejected', code, message, problems: [] };
}

/** The refusal of an input, naming each field, its value and the allowed range. */
export function invalidSchedule(problems: readonly FieldProblem[]): ScheduleRejection {
  const told = problems.map(({ field, found, expected }) => `${field}: expected ${expected}, found ${found}`).join('; ');
  return { status: 'rejected', code: 'INVALID_SCHEDULE', message: `${told}. Correct it and send it again.`, problems };
}
