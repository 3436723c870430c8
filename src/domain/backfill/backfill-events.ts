import type { GeneratorName } from '../outcome.js';
import type { ProgramName } from '../program.js';
import type { OnExisting } from '../run/run-events.js';

/** Which of its dates a backfill runs first. */
export const BACKFILL_ORDERS = ['OLDEST_FIRST', 'NEWEST_FIRST'] as const;
export type BackfillOrder = (typeof BACKFILL_ORDERS)[number];

/** A run for each of several past record dates, complete. */
export interface BackfillRequest {
  readonly program: ProgramName;
  /** First and last record date, `YYYY-MM-DD`, both included; at most 400 dates. */
  readonly from: string;
  readonly to: string;
  readonly generator: GeneratorName;
  readonly onExisting: OnExisting;
  readonly order: BackfillOrder;
  /** Runs of it that may be active at once, 1 to 20. */
  readonly maxActiveRuns: number;
  /** An operator's words, at most 500 characters. */
  readonly reason?: string;
  /** Why its runs go without an active schedule, in an operator's words, at most 500 characters. */
  readonly withoutSchedule?: string;
}

/** What can happen to a backfill, on its stream `backfill-<id>`. */
export type BackfillEvent =
  | { readonly type: 'BackfillRequested'; readonly data: BackfillRequest }
  | { readonly type: 'BackfillRunStarted'; readonly data: { readonly recordDate: string; readonly runId: string } }
  /** The date's run was refused with this code, for a reason that waiting does not mend. */
  | { readonly type: 'BackfillDateSkipped'; readonly data: { readonly recordDate: string; readonly code: string } }
  | { readonly type: 'BackfillCancelled'; readonly data: { readonly reason?: string } }
  /** Every date has its run or was skipped, and every run has ended. */
  | { readonly type: 'BackfillCompleted'; readonly data: Record<string, never> };
