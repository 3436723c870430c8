import { addDays, daysBetween, type LocalDate } from '../local-date.js';
import type { GeneratorName } from '../outcome.js';
import type { ProgramName } from '../program.js';
import { reject, type Rejection } from '../rejection.js';
import { USUAL_PROGRAM } from '../run/decide-request.js';
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
    return reject('BACKFILL_ENDED', `Backfill ${backfill.backfillId} has ended: every date had its run. There is nothing to cancel.`);
  }
  return [{ type: 'BackfillCancelled', data: keptReason(reason) }];
}

function refuseDates({ from, to }: RequestBackfill, { today }: BackfillFacts): Rejection | undefined {
  const yesterday = addDays(today, -1);
  if (from > to) {
    return reject('DATES_REVERSED', `The first date must not be after the last, found ${from} to ${to}. Exchange them.`);
  }
  if (to > yesterday) {
    return reject('DATE_NOT_PAST', `A backfill ends with ${yesterday} or earlier, found ${to}. Leave later days to the schedule.`);
  }
  if (from < '2000-01-01') {
    return reject('DATE_TOO_OLD', `A backfill begins with 2000-01-01 or later, found ${from}. Choose days that have records.`);
  }
  const dates = daysBetween(from, to) + 1;
  if (dates <= MAX_DATES) return undefined;
  return reject('TOO_MANY_DATES', `A backfill covers at most ${MAX_DATES} dates, found ${dates}. Ask for several, one after another.`);
}

function refuseOptions({ generator, program, maxActiveRuns }: RequestBackfill, facts: BackfillFacts): Rejection | undefined {
  const { least, most } = ACTIVE_RUNS_RANGE;
  if (maxActiveRuns !== undefined && !(Number.isInteger(maxActiveRuns) && maxActiveRuns >= least && maxActiveRuns <= most)) {
    return reject('ACTIVE_RUNS_OUT_OF_RANGE', `maxActiveRuns must be a whole number from ${least} to ${most}, found ${maxActiveRuns}.`);
  }
  if (generator !== undefined && !facts.generators.includes(generator)) {
    return reject('GENERATOR_NOT_AVAILABLE', `Generator ${generator} is not configured here. Available: ${facts.generators.join(', ')}.`);
  }
  if (program !== undefined && !facts.programs.includes(program)) {
    return reject('PROGRAM_NOT_AVAILABLE', `Program ${program} is not available here. Available: ${facts.programs.join(', ')}.`);
  }
  return undefined;
}
