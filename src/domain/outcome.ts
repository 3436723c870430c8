import type { ViolationCode } from './advice/violation-codes.js';
import type { InterventionField } from './programs/intervention-difference.js';
import type { ArmMark } from './rollout/arm.js';

/** Why a user of the roster was skipped, and how a timeline says it. A user can have several reasons. */
export const SKIPPED_SINCE = {
  MISSING_FOOD_RECORD: { en: 'no food was recorded', ko: '식사 기록이 없음' },
  MISSING_EXERCISE_RECORD: { en: 'no exercise was recorded', ko: '운동 기록이 없음' },
  MISSING_SLEEP_RECORD: { en: 'no sleep was recorded', ko: '수면 기록이 없음' },
  INTERVENTION_EXISTS: { en: 'there was advice for the day already', ko: '해당 날짜의 권고가 이미 있음' },
  NO_PROFILE: { en: 'the user has no profile, so allergies are unknown', ko: '프로필이 없어 알레르기를 알 수 없음' },
  ACCOUNT_CLOSED: { en: 'the account was closed after the roster was fixed', ko: '대상자 확정 후 계정이 비활성화됨' },
} as const;
export type SkipReason = keyof typeof SKIPPED_SINCE;
export const SKIP_REASONS = Object.keys(SKIPPED_SINCE) as [SkipReason, ...SkipReason[]];

/** Why a user's generation failed. The codes are all an event keeps: an error's own text may hold personal data. */
export const FAILURE_CODES = [
  'INVALID_INPUT',
  'GENERATOR_ERROR',
  'GENERATOR_TIMEOUT',
  'GENERATOR_UNAVAILABLE',
  'UNSAFE_ADVICE',
  'UNWRITABLE_ADVICE',
  'CRASHED_WORKER',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** Which generator wrote an advice. */
export const GENERATORS = ['RULES', 'LLM'] as const;
export type GeneratorName = (typeof GENERATORS)[number];

/** What a model may be called: as endpoints name them (`gpt-oss:20b`, `org/model@v1`), without a space, so that no sentence fits in. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}$/;

/** Why another generator stood in: a failure of the one that was asked for, the run's budget, a program that it does not write, a prompt that was recalled, or a patient to whom no dish is offered. */
export const FALLBACK_REASONS = [
  'UNSAFE_ADVICE',
  'GENERATOR_ERROR',
  'GENERATOR_TIMEOUT',
  'GENERATOR_UNAVAILABLE',
  'GENERATOR_REFUSED',
  'BUDGET_REACHED',
  'PROGRAM_BY_RULES',
  'PROMPT_RECALLED',
  'DIET_BY_CLINIC',
] as const;
export type FallbackReason = (typeof FALLBACK_REASONS)[number];

/** Whether a batch at the provider brought a patient's answer. Who was not answered, or not in time, was asked by a call. */
export const BATCH_MEETINGS = ['ANSWERED', 'UNANSWERED'] as const;
export type BatchMeeting = (typeof BATCH_MEETINGS)[number];

/**
 * How a generation went and what it took: codes, figures and hashes, never a prompt or an answer. Also kept of a generation that failed, since it
 * was paid for all the same.
 */
export interface Trace {
  /** Input and output tokens together. */
  readonly tokens?: number;
  readonly tokensIn?: number;
  readonly tokensOut?: number;
  /** Of `tokensIn`, those that the endpoint read from its cache of earlier calls; absent for none. */
  readonly tokensCached?: number;
  /** Millionths of a US dollar, rounded up. */
  readonly costMicros?: number;
  /** Calls whose tokens are estimates, since the endpoint told none that could be believed; their cost is the most that it can have been. */
  readonly estimatedCalls?: number;
  /** What the safety gate found on the way, each code once; what was saved had none of it. */
  readonly violations?: readonly ViolationCode[];
  readonly promptVersion?: string;
  /** As configured, at most 100 characters. */
  readonly model?: string;
  /** SHA-256 of everything the advice was made from, the user's id apart. */
  readonly inputsHash?: string;
  /** SHA-256 of the last answer. */
  readonly responseHash?: string;
  readonly fallbackReason?: FallbackReason;
  /** Of a run by batch; absent where the patient was in none. */
  readonly batch?: BatchMeeting;
  /** In a shadow run, the fields in which the advice differs from the saved one; absent where there was none. Never their content. */
  readonly differences?: readonly InterventionField[];
  /** In a run of a recall, what was written over: enough to prove what stood there, and no text. Absent where nothing was. */
  readonly replaced?: ReplacedText;
  /** While a rollout of the program goes on, which of its sides wrote this. */
  readonly rollout?: ArmMark;
}

/** Advice that was written over, as the log keeps it. */
export interface ReplacedText {
  /** SHA-256 of its texts. */
  readonly textHash: string;
  /** Versions that its row names; absent for one that it does not. */
  readonly vocabulary?: string;
  readonly promptVersion?: string;
}

/** One user's final result in a run, as its event's `type` and `data`. */
export type Outcome =
  | {
      readonly type: 'InterventionGenerated';
      readonly data: Trace & {
        /** Id of the row in `ibsafe_interventionrecord`; null in a dry run, which writes none. */
        readonly interventionId: number | null;
        readonly generator: GeneratorName;
        readonly attempts: number;
        /** Whole milliseconds that this user's generation took; 0 for less than one. */
        readonly durationMs: number;
        readonly fallbackOf?: GeneratorName;
        /** Whether what was eaten on the record date was low in FODMAPs; absent for a program that reads no food, and before advice was made of points. */
        readonly lowDay?: boolean;
      };
    }
  | { readonly type: 'UserSkipped'; readonly data: { readonly reasons: readonly SkipReason[] } }
  | {
      readonly type: 'UserFailed';
      readonly data: Trace & { readonly code: FailureCode; readonly retryable: boolean; readonly attempts: number };
    }
  | { readonly type: 'UserCancelled'; readonly data: Record<string, never> };

/** The word for an outcome that people and GraphQL use. */
export const OUTCOMES = ['GENERATED', 'SKIPPED', 'FAILED', 'CANCELLED'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Outcome events by the outcome they record. */
export const OUTCOME_OF_TYPE: Readonly<Record<Outcome['type'], OutcomeName>> = {
  InterventionGenerated: 'GENERATED',
  UserSkipped: 'SKIPPED',
  UserFailed: 'FAILED',
  UserCancelled: 'CANCELLED',
};

const OUTCOME_TYPES = Object.keys(OUTCOME_OF_TYPE) as readonly Outcome['type'][];

/** Types of the events that record one of these outcomes. */
export function typesOfOutcomes(outcomes: readonly OutcomeName[]): readonly Outcome['type'][] {
  return OUTCOME_TYPES.filter((type) => outcomes.includes(OUTCOME_OF_TYPE[type]));
}

/** How many users ended how, and how many had each skip reason or failure code. `generated + skipped + failed + cancelled` is the number of outcomes. */
export interface Tally {
  readonly generated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Users per skip reason and per failure code; a user with two reasons counts in both. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Counts outcomes. */
export function tallyOf(outcomes: Iterable<Outcome>): Tally {
  const tally = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} as Record<string, number> };
  const count = (code: string): void => void (tally.reasons[code] = (tally.reasons[code] ?? 0) + 1);
  for (const outcome of outcomes) {
    if (outcome.type === 'InterventionGenerated') tally.generated += 1;
    else if (outcome.type === 'UserSkipped') {
      tally.skipped += 1;
      outcome.data.reasons.forEach(count);
    } else if (outcome.type === 'UserFailed') {
      tally.failed += 1;
      count(outcome.data.code);
    } else tally.cancelled += 1;
  }
  return tally;
}
