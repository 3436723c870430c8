import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideCancel } from '../../domain/run/decide-control.js';
import { isFinal } from '../../domain/run/run.js';
import type { Calling, Deps, Ordering, StoredRun } from '../ports.js';
import { controlRun } from './control-run.js';
import { callWaiting, traceEnd } from './run-end.js';

/**
 * Tells a run to end. From now on no outcome is written but `cancelled`: lanes record it for each user who is left, and the last one ends the run.
 * A run that is not planned yet has no user to record, and ends at once: no lane tells of its end or calls what waited for it, so that is done here.
 */
export async function cancelRun(
  deps: Ordering & Calling & Pick<Deps, 'clock'>,
  runId: string,
  order: { readonly reason?: string },
  actor: string,
): Promise<StoredRun | Rejection> {
  const answer = await controlRun(deps, runId, actor, (run) => decideCancel(run, order));
  if (isRejection(answer)) return answer;
  const { run } = answer;
  if (isFinal(run.status)) {
    traceEnd(deps, run, run.status);
    await callWaiting(deps);
  } else if (run.chunkCount !== null) {
    await deps.queue.enqueueLanes(runId, Math.min(run.chunkCount, await deps.lanes.capacity()));
  }
  return answer;
}
