import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideCancel } from '../../domain/run/decide-control.js';
import { controlRun } from './control-run.js';
import type { Deps, StoredRun, Ordering } from '../ports.js';

/**
 * Tells a run to end. From now on no outcome is written but `cancelled`: lanes record it for each user who is left, and the last one ends the run.
 * A run that is not planned yet has no user to record, and ends at once.
 */
export async function cancelRun(
  deps: Ordering & Pick<Deps, 'lanes'>,
  runId: string,
  order: { readonly reason?: string },
  actor: string,
): Promise<StoredRun | Rejection> {
  const answer = await controlRun(deps, runId, actor, (run) => decideCancel(run, order));
  if (!isRejection(answer) && answer.run.chunkCount !== null) {
    await deps.queue.enqueueLanes(runId, Math.min(answer.run.chunkCount, await deps.lanes.capacity()));
  }
  return answer;
}
