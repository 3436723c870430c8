import type { Ordering } from '../ports.js';

/** Jobs that are enqueued at once. */
const AT_ONCE = 50;

/**
 * Enqueues the plans of runs: after the commit that made them, so that a worker finds them. Many at once: of a job store that says nothing each would be waited
 * for in vain, one after the other, and so would what comes after.
 */
export async function enqueuePlans({ queue }: Pick<Ordering, 'queue'>, runIds: readonly string[]): Promise<void> {
  for (let from = 0; from < runIds.length; from += AT_ONCE) {
    await Promise.all(runIds.slice(from, from + AT_ONCE).map((runId) => queue.enqueuePlan(runId)));
  }
}

/** Enqueues the plans of runs that were just made, and tells those who follow them. */
export async function announceRuns(deps: Pick<Ordering, 'progress' | 'queue'>, runIds: readonly string[]): Promise<void> {
  await enqueuePlans(deps, runIds);
  for (const runId of runIds) deps.progress.notify(runId);
}
