import { isFinal } from '../domain/run/run.js';
import { appendRunEvents } from './append-run-events.js';
import { advanceBackfills } from './backfills/advance-backfills.js';
import type { Deps } from './ports.js';

/** Ends a run whose chunks are all done. Whoever comes first ends it; for everybody else, and for a run with work left, nothing happens. */
export async function completeRun(deps: Deps, runId: string): Promise<void> {
  const ended = await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored === undefined || isFinal(stored.run.status) || stored.run.plannedAt === null) return false;
    if ((await tx.chunks.openChunks(runId)) > 0) return false;
    const data = await tx.runs.tally(runId);
    // Told to end when everybody had an outcome already: nothing was cancelled, and the run says so.
    const type = data.cancelled > 0 ? 'RunCancelled' : 'RunCompleted';
    await appendRunEvents(tx, stored, [{ type, data }], deps.settings.workerId);
    return true;
  });
  if (!ended) return;
  deps.progress.changed(runId);
  // Whoever waited for this run may go on.
  for (const waiting of await deps.lanes.requested()) await deps.bell.planRun(waiting);
  await advanceBackfills(deps);
}
