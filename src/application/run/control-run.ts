import { reject, type Rejection } from '../../domain/rejection.js';
import type { RunEvent } from '../../domain/run/run-events.js';
import type { Run } from '../../domain/run/run.js';
import { appendRunEvents } from './append-run-events.js';
import type { Deps, StoredRun } from '../ports.js';

/** Locks a run, has something decided about it, and appends what follows. @returns the run after it, or why nothing was done */
export async function controlRun(
  deps: Deps,
  runId: string,
  actor: string,
  decide: (run: Run) => readonly RunEvent[] | Rejection,
): Promise<StoredRun | Rejection> {
  const answer = await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored === undefined) return reject('RUN_NOT_FOUND', `There is no run ${runId}. List the runs with \`runs\`.`);
    const decision = decide(stored.run);
    if ('code' in decision) return decision;
    return decision.length === 0 ? stored : appendRunEvents(tx, stored, decision, actor);
  });
  deps.progress.changed(runId);
  return answer;
}
