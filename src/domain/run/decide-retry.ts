import { FAILURE_CODES, SKIP_REASONS, type FailureCode, type GeneratorName, type OutcomeName, type SkipReason } from '../outcome.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import type { RequestRun } from './decide-request.js';
import { refuseReason } from '../operator-reason.js';
import type { OnExisting, RetrySelection } from './run-events.js';
import { isFinal, type Run } from './run.js';
import type { MaybeWithoutSchedule } from './schedule-promise.js';

/** Outcomes that can be tried again. */
export const RETRIABLE_OUTCOMES = ['FAILED', 'SKIPPED', 'CANCELLED'] as const;
export type RetriableOutcome = (typeof RETRIABLE_OUTCOMES)[number];

/** An order to repeat users of a run, as it comes from GraphQL or the CLI. */
export interface RequestRetry extends MaybeWithoutSchedule {
  /** Default: the outcomes that `reasons` belong to; without reasons FAILED. */
  readonly only?: readonly RetriableOutcome[];
  readonly reasons?: readonly (SkipReason | FailureCode)[];
  /** Only those of these users. Default: all. */
  readonly userIds?: readonly number[];
  /** Default: the parent's. */
  readonly generator?: GeneratorName;
  /** Default: the parent's. */
  readonly onExisting?: OnExisting;
  readonly reason?: string;
}

/** Makes an order for a run out of a run that has ended and an order to repeat some of its users, or says why it is refused. */
export function decideRetry(parent: Run, order: RequestRetry): RequestRun | Rejection {
  const { runId, status, request } = parent;
  const refusal = refuseReason(order.reason);
  if (refusal !== undefined) return refusal;
  if (!isFinal(status)) {
    return reject('RUN_NOT_ENDED', because('RUN_NOT_ENDED', { run: runId, status }), runId);
  }
  const retry = selectionOf(order);
  if (retry.outcomes.length === 0) {
    return reject('NO_OUTCOMES_CHOSEN', because('NO_OUTCOMES_CHOSEN', { words: RETRIABLE_OUTCOMES }));
  }
  return {
    trigger: 'RETRY',
    parentRunId: runId,
    retry,
    program: request.program,
    recordDate: request.recordDate as NonNullable<RequestRun['recordDate']>,
    dryRun: request.dryRun,
    ...(request.recallId !== undefined && { recallId: request.recallId }),
    ...(request.shadow === true && { shadow: true }),
    generator: order.generator ?? request.generator,
    onExisting: order.onExisting ?? request.onExisting,
    ...(order.userIds !== undefined && { userIds: order.userIds }),
    ...(order.reason !== undefined && { reason: order.reason }),
    ...(order.withoutSchedule !== undefined && { withoutSchedule: order.withoutSchedule }),
  };
}

function selectionOf({ only, reasons }: RequestRetry): RetrySelection {
  const codes = [...new Set(reasons)];
  const outcomes = new Set<OutcomeName>(only ?? (codes.length === 0 ? ['FAILED'] : codes.map(outcomeOf)));
  // In one order, so that a repeated request is recognised whatever the order of its words.
  const wanted = RETRIABLE_OUTCOMES.filter((outcome) => outcomes.has(outcome));
  return { outcomes: wanted, ...(codes.length > 0 && { reasons: codes.toSorted() }) };
}

function outcomeOf(code: SkipReason | FailureCode): RetriableOutcome {
  return (SKIP_REASONS as readonly string[]).includes(code) ? 'SKIPPED' : 'FAILED';
}

/** Every skip reason and failure code: what a retry can be narrowed to. */
export const RETRY_REASONS: readonly (SkipReason | FailureCode)[] = [...SKIP_REASONS, ...FAILURE_CODES];
