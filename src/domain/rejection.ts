import type { Said, Told } from './said.js';

/** Codes of what a caller can be refused for. Each is documented in the GraphQL schema. */
export const REJECTION_CODES = [
  'NO_ACTIVE_SCHEDULE',
  'DATE_IN_FUTURE',
  'DATE_TOO_OLD',
  'RUN_ALREADY_ACTIVE',
  'EMPTY_USER_IDS',
  'TOO_MANY_USER_IDS',
  'UNKNOWN_USERS',
  'CHUNK_SIZE_OUT_OF_RANGE',
  'GENERATOR_NOT_AVAILABLE',
  'PROGRAM_NOT_AVAILABLE',
  'MODE_NOT_AVAILABLE',
  'REASON_TOO_LONG',
  'REASON_UNPRINTABLE',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'RUN_NOT_FOUND',
  'RUN_ALREADY_ENDED',
  'RUN_ALREADY_PAUSED',
  'RUN_NOT_PAUSED',
  'RUN_BEING_CANCELLED',
  'RUN_NOT_ENDED',
  'REASON_MISSING',
  'NOTHING_TO_RETRY',
  'NO_OUTCOMES_CHOSEN',
  'DATES_REVERSED',
  'DATE_NOT_PAST',
  'TOO_MANY_DATES',
  'ACTIVE_RUNS_OUT_OF_RANGE',
  'BACKFILL_NOT_FOUND',
  'BACKFILL_ENDED',
  'SCHEDULE_NOT_FOUND',
  'BEFORE_RETENTION',
  'RECALL_UNKNOWN',
  'RECALL_SINCE',
  'RECALL_GOING',
  'RECALL_OF_WARNING',
  'RECALL_LEAVES_NOTHING',
  'RECALL_NOT_FOUND',
  'RECALL_LIFTED',
  'ROLLOUT_NO_CANDIDATE',
  'ROLLOUT_PROGRAM',
  'ROLLOUT_SAME',
  'ROLLOUT_SHARE',
  'ROLLOUT_SEED',
  'ROLLOUT_THRESHOLD',
  'ROLLOUT_GOING',
  'ROLLOUT_NOT_FOUND',
  'ROLLOUT_NOT_RUNNING',
  'MARK_ROW_NOT_FOUND',
  'MARK_NOT_OF_ROW',
  'MARK_WITHOUT_WHAT',
  'MARK_TOO_MILD',
  'MARK_WITHOUT_POINT',
  'MARK_RECALLS_ONE',
  'POINT_UNKNOWN',
  'POINT_IS_OFF',
  'POINT_IS_WARNING',
  'POINT_LEAVES_NOTHING',
  'POINT_NOT_OFF',
  'SIGN_COUNT',
  'SIGN_UNKNOWN',
  'SIGN_CHANGED',
  'SIGNED_IN_FILE',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** An expected refusal: a value, never thrown. It says what was expected, what was found and what to do. */
export interface Refusal<Code extends string> {
  readonly status: 'rejected';
  readonly code: Code;
  /** In English. */
  readonly message: string;
  /** Before it is in a language: what is shown to people is made of it, in theirs. */
  readonly said: Said;
}

/** A refusal of an order about runs and backfills. */
export interface Rejection extends Refusal<RejectionCode> {
  /** The run that stands in the way, for RUN_ALREADY_ACTIVE and IDEMPOTENCY_KEY_REUSED. */
  readonly runId?: string;
}

/** Whether a command was refused: the one way to tell a refusal from what was asked for, whatever that is. */
export function isRejection<Answer extends object>(answer: Answer): answer is Extract<Answer, { readonly status: 'rejected' }> {
  return 'status' in answer && answer.status === 'rejected';
}

/** A refusal for a reason of `REFUSALS`: there is none without a sentence in each language. */
export function refusalFor<Code extends string>(code: Code, { text, said }: Told): Refusal<Code> {
  return { status: 'rejected', code, message: text, said };
}

/** Makes a rejection. */
export function reject(code: RejectionCode, why: Told, runId?: string): Rejection {
  return { ...refusalFor(code, why), ...(runId === undefined ? {} : { runId }) };
}
