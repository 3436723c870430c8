import { appendRunEvents } from './append-run-events.js';
import { completeRun } from './complete-run.js';
import type { ClaimedChunk, Deps } from './ports.js';
import { processChunk } from './process-chunk.js';

/** Claims and processes chunks of a run until none is left or `signal` asks to stop; the lane that finds the last one done ends the run. */
export async function runLane(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const claim = await deps.lanes.claim(runId, deps.settings.workerId, deps.settings.leaseMs);
    if (claim === undefined) {
      await completeRun(deps, runId);
      return;
    }
    await startOnce(deps, runId);
    await processClaimed(deps, claim, signal);
    deps.progress.changed(runId);
  }
}

async function processClaimed(deps: Deps, claim: ClaimedChunk, signal: AbortSignal): Promise<void> {
  const { leaseMs } = deps.settings;
  const lease = new AbortController();
  const renew = async (): Promise<void> => {
    if (!(await deps.lanes.renew(claim, leaseMs))) lease.abort(new Error('the lease was lost'));
  };
  // A third of the lease leaves two more tries before another worker may take the chunk.
  const timer = setInterval(() => void renew().catch(() => undefined), leaseMs / 3);
  try {
    const written = await processChunk(deps, claim, AbortSignal.any([signal, lease.signal]));
    if (!written) await deps.lanes.release(claim);
  } catch (error) {
    await deps.lanes.release(claim).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

const started = new WeakMap<Deps, Set<string>>();

async function startOnce(deps: Deps, runId: string): Promise<void> {
  const known = started.get(deps) ?? new Set<string>();
  started.set(deps, known);
  if (known.has(runId)) return;
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.startedAt !== null) return;
    await appendRunEvents(tx, stored, [{ type: 'RunStarted', data: {} }], deps.settings.workerId);
  });
  known.add(runId);
  if (known.size > 100) known.delete(known.values().next().value ?? '');
}
