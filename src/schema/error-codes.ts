import { REJECTION_CODES, type RejectionCode } from '../domain/rejection.js';
import { SCHEDULE_REJECTION_CODES, type ScheduleRejectionCode } from '../domain/schedule/schedule-rejection.js';
import { enumOf } from './enums.js';

/** What only the service as a whole can refuse. */
const UPKEEP_CODES = [
  'SCHEDULES_EXIST',
  'JOB_STORE_UNAVAILABLE',
  'NO_IBSAFE_SCHEDULES',
  'LOG_UNREADABLE',
  'SESSION_NOT_FOUND',
  'API_KEY_NAME_INVALID',
  'API_KEY_NAME_TAKEN',
  'API_KEY_NOT_FOUND',
  'SILENCE_TOO_LONG',
  'TOO_MANY_SILENCES',
  'SILENCE_NOT_FOUND',
  'NO_ARCHIVE_FOLDER',
  'RETENTION_BUSY',
] as const;

/** Every code that a member of a result union can have. */
export type ErrorCode = RejectionCode | ScheduleRejectionCode | (typeof UPKEEP_CODES)[number];

const CODES: readonly ErrorCode[] = [...new Set<ErrorCode>([...REJECTION_CODES, ...SCHEDULE_REJECTION_CODES, ...UPKEEP_CODES])];

export const ErrorCodeEnum = enumOf(CODES, {
  name: 'ErrorCode',
  description:
    'Why a request was refused. Later releases may add codes: treat one that you do not know as a refusal, and show its message.',
  values: {
    NO_ACTIVE_SCHEDULE: 'No schedule is active, and no reason was given to run without one.',
    DATE_IN_FUTURE: 'The record date has not come yet.',
    DATE_TOO_OLD: 'The record date is before 2000-01-01.',
    RUN_ALREADY_ACTIVE: 'A run of the same program and record date has not ended.',
    EMPTY_USER_IDS: '`userIds` names no user.',
    TOO_MANY_USER_IDS: '`userIds` names more users than a run of chosen users takes.',
    UNKNOWN_USERS: '`userIds` names users without an active, non-staff account.',
    CHUNK_SIZE_OUT_OF_RANGE: '`chunkSize` is not from 1 to 10,000.',
    GENERATOR_NOT_AVAILABLE: 'The service is not configured for this generator.',
    PROGRAM_NOT_AVAILABLE: 'The service does not run this program.',
    REASON_TOO_LONG: 'A reason has more characters than are kept.',
    REASON_UNPRINTABLE: 'A reason holds characters that cannot be shown or kept.',
    REASON_MISSING: 'A reason is needed, and none was given.',
    IDEMPOTENCY_KEY_INVALID: 'The key is not 1 to 128 printable ASCII characters.',
    IDEMPOTENCY_KEY_REUSED: 'The key stands for another request of the same caller.',
    RUN_NOT_FOUND: 'No run has this id.',
    RUN_ALREADY_ENDED: 'The run has ended.',
    RUN_ALREADY_PAUSED: 'The run is paused already.',
    RUN_NOT_PAUSED: 'The run is not paused.',
    RUN_BEING_CANCELLED: 'The run is being cancelled.',
    RUN_NOT_ENDED: 'The run has not ended yet.',
    NOTHING_TO_RETRY: 'No user of the run has an outcome that was asked for.',
    NO_OUTCOMES_CHOSEN: '`only` names no outcome.',
    DATES_REVERSED: '`from` is after `to`.',
    DATE_NOT_PAST: 'A date of the backfill is not in the past.',
    TOO_MANY_DATES: 'The backfill has more dates than one may have.',
    ACTIVE_RUNS_OUT_OF_RANGE: '`maxActiveRuns` is out of range.',
    BACKFILL_NOT_FOUND: 'No backfill has this id.',
    BACKFILL_ENDED: 'The backfill has ended.',
    SCHEDULE_NOT_FOUND: 'No schedule has this id.',
    BEFORE_RETENTION: 'What is needed of the run was let go with its month, and stands in an archive alone.',
    SCHEDULE_EXISTS: 'The schedule is there already.',
    VERSION_CONFLICT: 'The schedule was changed since its version was read.',
    INVALID_SCHEDULE: 'The input cannot be a schedule; each problem names its field.',
    INVALID_REASON: 'The reason is empty, too long or cannot be shown.',
    ALREADY_PAUSED: 'The schedule is paused already.',
    NOT_PAUSED: 'The schedule is not paused.',
    SLOTS_NOT_SETTLED: 'Slots of the schedule that are due were not recorded yet: try again in a moment.',
    SCHEDULES_EXIST: 'There are schedules, and the default one is made only where there is none.',
    JOB_STORE_UNAVAILABLE: 'The job store does not answer.',
    NO_IBSAFE_SCHEDULES: 'IBSafe’s own table of schedules is not in this database.',
    LOG_UNREADABLE: 'An event of the log cannot be read, so that nothing can be made from it.',
    API_KEY_NAME_INVALID: 'The name of the key cannot stand in the log.',
    API_KEY_NAME_TAKEN: 'A key in use has this name.',
    API_KEY_NOT_FOUND: 'No key in use has this prefix.',
    SESSION_NOT_FOUND: 'No session of the caller has this id and goes on.',
    SILENCE_TOO_LONG: 'A silence ends within 30 days from now, and later than now.',
    TOO_MANY_SILENCES: 'So many silences go on that no list shows them all.',
    SILENCE_NOT_FOUND: 'No silence has this id and goes on.',
    NO_ARCHIVE_FOLDER: 'It is not configured to which folder months are archived.',
    RETENTION_BUSY: 'Another process is letting months go.',
  },
});
