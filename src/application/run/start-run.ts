import { isFinal } from '../../domain/run/run.js';
import { append } from '../decide-and-append.js';
import { streamOfRun } from '../written-streams.js';
import type { Deps } from '../ports.js';

const started = new WeakMap<Deps, Set<string>>();

/** Records that a run has begun, unless this process knows that it has. */
export async function startOnce(deps: Deps, runId: string): Promise<void> {
  const known = started.get(deps) ?? new Set<string>();
  started.set(deps, known);
  if (known.has(runId)) return;
  // Looked at without a lock first: a lane that joins others must not wait until what they write is written.
  if ((await deps.runs.find(runId))?.run.startedAt === null) await start(deps, runId);
  known.add(runId);
  if (known.size > 100) known.delete(known.values().next().value ?? '');
}

async function start(deps: Pick<Deps, 'settings' | 'transaction'>, runId: string): Promise<void> {
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.startedAt !== null || isFinal(stored.run.status)) return; // a claim may outlive its run's end
    await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type: 'RunStarted', data: {} }]);
  });
}
