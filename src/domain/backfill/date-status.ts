import { isFinal, type RunStatus } from '../run/run.js';
import type { BackfillDate } from './backfill.js';

/** Where a date of a backfill stands, its run included. */
export const BACKFILL_DATE_STATUSES = [
  'WAITING',
  'RUNNING',
  'COMPLETED',
  'COMPLETED_WITH_FAILURES',
  'FAILED',
  'CANCELLED',
  'SKIPPED',
] as const;
export type BackfillDateStatus = (typeof BACKFILL_DATE_STATUSES)[number];

/** Where a date stands. @param run the status of its run; undefined without one */
export function dateStatusOf(state: BackfillDate['status'], run: RunStatus | undefined): BackfillDateStatus {
  if (state !== 'STARTED') return state;
  if (run === undefined || !isFinal(run)) return 'RUNNING';
  return run as Extract<RunStatus, BackfillDateStatus>;
}

/** Whether nothing more happens to a date. */
export function isSettled(status: BackfillDateStatus): boolean {
  return status !== 'WAITING' && status !== 'RUNNING';
}
