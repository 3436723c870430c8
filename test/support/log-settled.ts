import { until } from './until.js';

/**
 * Waits until readers of the log see all of it that is there now. They see no event while any older writing transaction is open in the cluster, in whatever database:
 * that of a test beside this one is enough. A test that appends and then compares what is read of the log waits for this first.
 */
export function logIsSettled({ rows }: { readonly rows: (text: string) => Promise<readonly object[]> }): Promise<void> {
  return until(async () => (await rows('select from batch.event where xid >= (select batch.log_horizon()) limit 1')).length === 0);
}
