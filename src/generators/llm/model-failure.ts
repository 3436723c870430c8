/**
 * How a call to a model can fail. RATE_LIMITED, OVERLOADED (5xx, no connection), TIMEOUT and CUT_OFF (a body that broke off or is no JSON) may pass by
 * themselves; REFUSED (key, model or quota) and BAD_REQUEST do not.
 */
export type ModelFailureKind = 'RATE_LIMITED' | 'OVERLOADED' | 'TIMEOUT' | 'CUT_OFF' | 'REFUSED' | 'BAD_REQUEST';

/** A failed call, as codes: what the endpoint wrote may quote the prompt, so nothing of it is kept. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';

  /** @param retryAfterMs the least wait that the endpoint asked for; 0 when it asked for none */
  constructor(
    readonly kind: ModelFailureKind,
    readonly retryAfterMs = 0,
    readonly status?: number,
  ) {
    super(`the model's endpoint failed: ${kind}${status === undefined ? '' : ` (HTTP ${status})`}`);
  }

  /** Whether another try can go better. */
  get passes(): boolean {
    return this.kind !== 'REFUSED' && this.kind !== 'BAD_REQUEST';
  }
}

/** What an endpoint's answer says of the failure. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** OpenAI's word for the error, such as `insufficient_quota`. */
  readonly code: string;
}

/** OpenAI's words for what no wait mends; an empty account is told with status 429 as well. */
const FINAL_CODES = /insufficient_quota|billing|invalid_api_key|model_not_found|account_deactivated|access_terminated/u;

/** Longest wait that an endpoint's `Retry-After` is believed. */
const MOST_WAIT_MS = 3_600_000;

/** Sorts an endpoint's refusal. `now` is for a `Retry-After` that names a date. */
export function failureOf({ status, headers, code }: FailedResponse, now: Date): ModelFailure {
  if (status === 401 || status === 403 || status === 404 || status === 402 || FINAL_CODES.test(code)) {
    return new ModelFailure('REFUSED', 0, status);
  }
  const waitMs = requestedWaitMs(headers, now);
  if (status === 429) return new ModelFailure('RATE_LIMITED', waitMs, status);
  if (status === 408 || status === 409 || status === 425 || status >= 500) return new ModelFailure('OVERLOADED', waitMs, status);
  return status < 300 ? new ModelFailure('CUT_OFF', 0, status) : new ModelFailure('BAD_REQUEST', 0, status);
}

/** Reads `Retry-After-Ms` and `Retry-After` (seconds or a date); 0 when neither is there or makes sense. */
export function requestedWaitMs(headers: Readonly<Record<string, string>>, now: Date): number {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (exact >= 0) return Math.min(exact, MOST_WAIT_MS);
  const text = headers['retry-after'];
  if (text === undefined) return 0;
  const ms = /^\d+(\.\d+)?$/u.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return ms > 0 ? Math.min(ms, MOST_WAIT_MS) : 0;
}
