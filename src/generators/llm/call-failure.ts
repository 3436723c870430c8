import type { FailureCode } from '../../domain/outcome.js';
import { PAUSES } from '../../domain/run/pause-words.js';
import type { Told } from '../../domain/said.js';
import type { ModelFailure } from './model-failure.js';

/** What a user's outcome says of a call that failed for them alone. */
export interface CallFailure {
  readonly code: Extract<FailureCode, `GENERATOR_${string}`>;
  /** Whether a later run has a chance with the same inputs. */
  readonly retryable: boolean;
}

/** The failure of a user whose calls failed for good. */
export function failureCodeOf({ kind, passes }: ModelFailure): CallFailure {
  if (kind === 'TIMEOUT') return { code: 'GENERATOR_TIMEOUT', retryable: true };
  return { code: passes ? 'GENERATOR_UNAVAILABLE' : 'GENERATOR_ERROR', retryable: passes };
}

/** Why a run waits, for an operator. */
export function outageTold({ kind, status, reason }: ModelFailure): Told {
  const known = status === undefined ? reason : `HTTP ${status}`;
  const told = { status: known === undefined ? '' : ` (${known})` };
  if (kind === 'REFUSED') return PAUSES.tell('MODEL_REFUSES', told);
  if (kind === 'UNFIT') return PAUSES.tell('MODEL_UNFIT', told);
  if (kind === 'RATE_LIMITED') return PAUSES.tell('MODEL_BUSY', told);
  const isUntrusted = reason !== undefined && UNTRUSTED.test(reason);
  return PAUSES.tell(isUntrusted ? 'MODEL_UNTRUSTED' : 'MODEL_AWAY', told);
}

/** Node's and OpenSSL's codes for a certificate that is not taken. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|CRL|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/u;
