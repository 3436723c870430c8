import { addDays, daysBetween, type LocalDate } from '../local-date.js';
import type { GeneratorName } from '../outcome.js';
import type { ProgramName } from '../program.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { OLDEST_DATE, refuseUnavailable, USUAL_PROGRAM } from '../run/decide-request.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import type { OnExisting } from '../run/run-events.js';
import { refuseWithoutReason, type MaybeWithoutSchedule } from '../run/schedule-promise.js';
import type { BackfillEvent, BackfillOrder, BackfillRequest } from './backfill-events.js';
import type { Backfill } from './backfill.js';

/** Most record dates of one backfill: a year and a month. */
export const MAX_DATES = 400;
/** Range of the runs of a backfill that may be active at once. */
export const ACTIVE_RUNS_RANGE = { least: 1, most: 20 } as const;

/** An order for a backfill, as it comes from GraphQL or the CLI. What is left out is decided here. */
export interface RequestBackfill extends MaybeWithoutSchedule {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly program?: ProgramName;
  readonly generator?: GeneratorName;
  readonly onExisting?: OnExisting;
  /** Default: OLDEST_FIRST. */
  readonly order?: BackfillOrder;
  /** Default: 1. */
  readonly maxActiveRuns?: number;
  readonly reason?: string;
}

/** What the decision needs to know of the world. */
export interface BackfillFacts {
  readonly today: LocalDate;
  readonly defaults: { readonly generator: GeneratorName };
  readonly generators: readonly GeneratorName[];
  readonly programs: readonly ProgramName[];
}

/** Completes an order for a backfill, or says why it is refused. The first problem found is the one told. */
export function decideBackfill(order: RequestBackfill, facts: BackfillFacts): BackfillRequest | Rejection {
  const refusal = refuseDates(order, facts) ?? refuseOptions(order, facts) ?? refuseReason(order.reason) ?? refuseWithoutReason(order);
  if (refusal !== undefined) return refusal;
  return {
    program: order.program ?? USUAL_PROGRAM,
    from: order.from,
    to: order.to,
    generator: order.generator ?? facts.defaults.generator,
    onExisting: order.onExisting ?? 'SKIP',
    order: order.order ?? 'OLDEST_FIRST',
    maxActiveRuns: order.maxActiveRuns ?? 1,
    ...keptReason(order.reason),
    ...(order.withoutSchedule && { withoutSchedule: order.withoutSchedule.trim() }),
  };
}

/** Decides on ending a backfill. Told twice, it stays told: the second time nothing happens. */
export function decideCancelBackfill(backfill: Backfill, reason: string | undefined): BackfillEvent[] | Rejection {
  const refusal = refuseReason(reason);
  if (refusal !== undefined) return refusal;
  if (backfill.status === 'CANCELLED') return [];
  if (backfill.status === 'COMPLETED') {
    return reject('BACKFILL_ENDED', because('BACKFILL_ENDED', { backfill: backfill.backfillId }));
  }
  return [{ type: 'BackfillCancelled', data: keptReason(reason) }];
}

function refuseDates({ from, to }: RequestBackfill, { today }: BackfillFacts): Rejection | undefined {
  const yesterday = addDays(today, -1);
  if (from > to) {
    return reject('DATES_REVERSED', because('DATES_REVERSED', { from, to }));
  }
  if (to > yesterday) {
    return reject('DATE_NOT_PAST', because('DATE_NOT_PAST', { yesterday, found: to }));
  }
  if (from < OLDEST_DATE) {
    return reject('DATE_TOO_OLD', because('BACKFILL_TOO_OLD', { oldest: OLDEST_DATE, found: from }));
  }
  const dates = daysBetween(from, to) + 1;
  if (dates <= MAX_DATES) return undefined;
  return reject('TOO_MANY_DATES', because('TOO_MANY_DATES', { most: MAX_DATES, found: dates }));
}

function refuseOptions(order: RequestBackfill, facts: BackfillFacts): Rejection | undefined {
  const { maxActiveRuns } = order;
  const { least, most } = ACTIVE_RUNS_RANGE;
  if (maxActiveRuns !== undefined && !(Number.isInteger(maxActiveRuns) && maxActiveRuns >= least && maxActiveRuns <= most)) {
    return reject('ACTIVE_RUNS_OUT_OF_RANGE', because('ACTIVE_RUNS_OUT_OF_RANGE', { least, most, found: maxActiveRuns }));
  }
  return refuseUnavailable(order, facts);
}
