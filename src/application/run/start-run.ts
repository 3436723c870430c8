import { isFinal } from '../../domain/run/run.js';
import { append } from '../decide-and-append.js';
import { streamOfRun } from '../written-streams.js';
import type { Deps } from '../ports.js';

/** Records that a run has begun, unless it has, or is over: a claim may outlive its run's end. */
export async function start(deps: Pick<Deps, 'settings' | 'transaction'>, runId: string): Promise<void> {
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.startedAt !== null || isFinal(stored.run.status)) return;
    await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type: 'RunStarted', data: {} }]);
  });
}
