import { boundedWait, type WaitMs } from '../../domain/figures.js';
import { askedWaitMs } from '../../base/asked-wait.js';
import type { Parameter } from './call-form.js';

/**
 * How a call to a model can fail. RATE_LIMITED, OVERLOADED (5xx, no connection), TIMEOUT and CUT_OFF (an answer that broke off) may pass by themselves.
 * REFUSED (key or quota) meets all users and waits for an operator. BAD_REQUEST (any other refusal, or what is no answer of a model) and NO_TEXT (an
 * answer without a word) may be about one question or about all of them: that takes evidence. UNFIT is one of these that was found to meet all users.
 */
export type ModelFailureKind = 'RATE_LIMITED' | 'OVERLOADED' | 'TIMEOUT' | 'CUT_OFF' | 'REFUSED' | 'BAD_REQUEST' | 'NO_TEXT' | 'UNFIT';

/** What is known of a failure. */
export interface FailureFacts {
  /** HTTP's status; for an UNFIT endpoint that of its refusals. */
  readonly status?: number | undefined;
  /** The least wait that the endpoint asked for. */
  readonly retryAfterMs?: WaitMs;
  /** Parameters that the refusal names. */
  readonly refused?: readonly Parameter[];
  /** Node's code for what kept an answer from coming, such as ECONNREFUSED. */
  readonly reason?: string | undefined;
}

/** A failed call, as codes: what the endpoint wrote may quote the prompt, so nothing of it is kept. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly status: number | undefined;
  /** 0 when it asked for no wait. */
  readonly retryAfterMs: WaitMs;
  readonly refused: readonly Parameter[];
  readonly reason: string | undefined;

  constructor(
    readonly kind: ModelFailureKind,
    { status, retryAfterMs = boundedWait(0), refused = [], reason }: FailureFacts = {},
  ) {
    super(`the model's endpoint failed: ${kind}${status === undefined ? '' : ` (HTTP ${status})`}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.refused = refused;
    this.reason = reason;
  }

  /** Whether another try can go better. */
  get passes(): boolean {
    return PASSING.has(this.kind);
  }

  /** Whether it takes evidence to tell if this meets one user or all. */
  get isDoubtful(): boolean {
    return this.kind === 'BAD_REQUEST' || this.kind === 'NO_TEXT';
  }
}

/** @throws what is no failure of the endpoint's: a bug, or the end of the process */
export function failureIn(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  throw error;
}

const PASSING: ReadonlySet<ModelFailureKind> = new Set(['RATE_LIMITED', 'OVERLOADED', 'TIMEOUT', 'CUT_OFF']);

/** What an endpoint's answer says of the failure. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** OpenAI's words for the error, such as `insufficient_quota`. */
  readonly code: string;
  readonly refused?: readonly Parameter[];
}

/** OpenAI's words for what no wait mends; an empty account is told with status 429 as well. */
const FINAL_CODES = /insufficient_quota|billing|invalid_api_key|model_not_found|account_deactivated|access_terminated/u;

/** Sorts an endpoint's refusal. `now` is for a `Retry-After` that names a date. */
export function failureOf({ status, headers, code, refused = [] }: FailedResponse, now: Date): ModelFailure {
  if (status === 401 || status === 402 || FINAL_CODES.test(code)) return new ModelFailure('REFUSED', { status });
  const retryAfterMs = requestedWaitMs(headers, now);
  if (status === 429) return new ModelFailure('RATE_LIMITED', { status, retryAfterMs });
  if (status === 408 || status === 409 || status === 425 || status >= 500) return new ModelFailure('OVERLOADED', { status, retryAfterMs });
  return new ModelFailure('BAD_REQUEST', { status, refused });
}

/** Reads `Retry-After-Ms` and `Retry-After` (seconds or a date); 0 when neither is there or makes sense, ten minutes when it asks for more. */
export function requestedWaitMs(headers: Readonly<Record<string, string>>, now: Date): WaitMs {
  const exact = Number(headers['retry-after-ms']?.trim() || Number.NaN); // an empty one says nothing
  if (exact >= 0) return boundedWait(exact);
  return boundedWait(askedWaitMs(headers['retry-after'], now) ?? 0);
}
