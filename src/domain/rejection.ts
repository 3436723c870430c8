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
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** An expected refusal: a value, never thrown. The message says what was expected, what was found and what to do. */
export interface Rejection {
  readonly status: 'rejected';
  readonly code: RejectionCode;
  readonly message: string;
  /** The run that stands in the way, for RUN_ALREADY_ACTIVE and IDEMPOTENCY_KEY_REUSED. */
  readonly runId?: string;
}

/** Whether a command was refused: the one way to tell a refusal from what was asked for, whatever that is. */
export function isRejection<Answer extends object>(answer: Answer): answer is Extract<Answer, { readonly status: 'rejected' }> {
  return 'status' in answer && answer.status === 'rejected';
}

/** Makes a rejection. */
export function reject(code: RejectionCode, message: string, runId?: string): Rejection {
  return { status: 'rejected', code, message, ...(runId === undefined ? {} : { runId }) };
}
