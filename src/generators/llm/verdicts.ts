import type { FailureCode } from '../../domain/outcome.js';
import type { ModelFailure } from './model-failure.js';

/** What a user's outcome says of a call that failed for them alone. */
export interface Verdict {
  readonly code: Extract<FailureCode, `GENERATOR_${string}`>;
  /** Whether a later run has a chance with the same inputs. */
  readonly retryable: boolean;
}

/** The failure of a user whose calls failed for good. */
export function failureCodeOf({ kind, passes }: ModelFailure): Verdict {
  if (kind === 'TIMEOUT') return { code: 'GENERATOR_TIMEOUT', retryable: true };
  return { code: passes ? 'GENERATOR_UNAVAILABLE' : 'GENERATOR_ERROR', retryable: passes };
}

/** Why a run waits, in words for an operator. */
export function outageReason({ kind, status }: ModelFailure): string {
  const told = status === undefined ? '' : ` (HTTP ${status})`;
  if (kind === 'REFUSED')
    return `the language model's endpoint refuses the key, the model or the quota${told}: mend LLM_API_KEY, LLM_MODEL or the account`;
  if (kind === 'UNFIT')
    return `the language model's endpoint refuses every question${told}: mend LLM_BASE_URL, LLM_MODEL, LLM_API_KEY or LLM_MAX_OUTPUT_TOKENS`;
  if (kind === 'RATE_LIMITED') return `the language model's endpoint asks to come back later${told}`;
  return `the language model's endpoint does not answer${told}`;
}
