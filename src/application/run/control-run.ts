import { because } from '../../domain/refusals.js';
import { isRejection, reject, type Rejection } from '../../domain/rejection.js';
import type { RunEvent } from '../../domain/run/run-events.js';
import type { Run } from '../../domain/run/run.js';
import { decideAndAppend, type Decision } from '../decide-and-append.js';
import type { Deps, StoredRun } from '../ports.js';
import { streamOfRun } from '../written-streams.js';

/** Locks a run, has something decided about it, and appends what follows. @returns the run after it, or why nothing was done */
export async function controlRun(
  deps: Pick<Deps, 'progress' | 'transaction'>,
  runId: string,
  actor: string,
  decide: (run: Run) => Decision<RunEvent>,
): Promise<StoredRun | Rejection> {
  const answer = await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored === undefined) return reject('RUN_NOT_FOUND', because('RUN_NOT_FOUND', { run: runId }));
    const run = await decideAndAppend(tx, streamOfRun(stored, actor), decide);
    return isRejection(run) ? run : { ...stored, run };
  });
  deps.progress.notify(runId);
  return answer;
}
