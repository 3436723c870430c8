import { because } from '../refusals.js';
import { refusalFor, type Refusal } from '../rejection.js';
import type { Said, Told } from '../said.js';
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
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
export type ScheduleRejectionCode = (typeof SCHEDULE_REJECTION_CODES)[number];

/** A refusal of an order about a schedule. */
export interface ScheduleRejection extends Refusal<ScheduleRejectionCode> {
  /** For INVALID_SCHEDULE: each field that is wrong; else empty. */
  readonly problems: readonly FieldProblem[];
}

/** What a command comes to: events to append (none when everything is as wanted already), or a refusal. */
export type ScheduleDecision = readonly ScheduleEvent[] | ScheduleRejection;

/** A command's refusal. */
export function rejected(code: ScheduleRejectionCode, why: Told): ScheduleRejection {
  return { ...refusalFor(code, why), problems: [] };
}

/** The refusal of an input, naming each field, its value and the allowed range. */
export function invalidSchedule(problems: readonly FieldProblem[]): ScheduleRejection {
  const said = problems.map(({ field, found, said: expected }) => because('FIELD_PROBLEM', { field, found, expected }).said);
  const all = said.reduceRight<Said | undefined>(
    (more, problem) => (more === undefined ? problem : because('PROBLEM_AND_MORE', { problem, more }).said),
    undefined,
  );
  return { ...refusalFor('INVALID_SCHEDULE', because('INVALID_SCHEDULE', { problems: all ?? [] })), problems };
}
