import { isFinal } from '../../domain/run/run.js';
import { append } from '../decide-and-append.js';
import { streamOfRun } from '../written-streams.js';
import { advanceBackfills } from '../backfills/advance-backfills.js';
import { callWaiting, traceEnd } from './run-end.js';
import type { Calling, Deciding, Deps, Ordering } from '../ports.js';

/** Ends a run whose chunks are all done. The first caller ends it; for later ones, and for a run with work left, nothing happens. @returns whether this call ended it */
export async function completeRun(deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills' | 'runs'>, runId: string): Promise<boolean> {
  if (!(await mayEnd(deps, runId))) return false;
  const ended = await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored === undefined || isFinal(stored.run.status) || stored.run.plannedAt === null) return undefined;
    if ((await tx.chunks.openChunks(runId)) > 0) return undefined;
    const data = await tx.runs.tally(runId);
    // Told to end when each user had an outcome already: nothing was cancelled, and the run says so.
    const type = data.cancelled > 0 ? 'RunCancelled' : 'RunCompleted';
    await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type, data }]);
    return { run: stored.run, result: data.cancelled > 0 ? 'CANCELLED' : 'COMPLETED' };
  });
  if (ended === undefined) return false;
  traceEnd(deps, ended.run, ended.result);
  await afterRun(deps, runId);
  return true;
}

/** Tells of a run's end, and calls workers for the runs that waited for it. */
export async function afterRun(deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills'>, runId: string): Promise<void> {
  deps.progress.notify(runId);
  await callWaiting(deps);
  await advanceBackfills(deps);
}

/** Looks without a lock: most lanes ask while other lanes still work, and a lock on the run would hold up their writes. */
async function mayEnd(deps: Pick<Deps, 'runs' | 'transaction'>, runId: string): Promise<boolean> {
  const stored = await deps.runs.find(runId);
  if (stored === undefined || isFinal(stored.run.status) || stored.run.plannedAt === null) return false;
  return (await deps.transaction((tx) => tx.chunks.openChunks(runId))) === 0;
}
