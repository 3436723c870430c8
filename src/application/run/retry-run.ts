import { because } from '../../domain/refusals.js';
import { isRejection, reject, type Rejection } from '../../domain/rejection.js';
import { decideRetry, type RequestRetry } from '../../domain/run/decide-retry.js';
import type { Deps, Deciding, Ordering } from '../ports.js';
import { requestRun, type RunCaller, type RunAccepted } from './request-run.js';

/**
 * Asks for a new run over users of one that has ended, linked to it: same program, record date and dryness. The users are read from the parent's
 * outcomes when the new run is planned.
 */
export async function retryRun(
  deps: Deciding & Ordering & Pick<Deps, 'outcomes' | 'records' | 'runs'>,
  parentRunId: string,
  order: RequestRetry,
  caller: RunCaller,
): Promise<RunAccepted | Rejection> {
  const parent = await deps.runs.find(parentRunId);
  if (parent === undefined) return reject('RUN_NOT_FOUND', because('RUN_NOT_FOUND', { run: parentRunId }));
  const gone = await deps.outcomes.letGo(parent.month);
  if (gone !== undefined)
    return reject('BEFORE_RETENTION', because('BEFORE_RETENTION', { run: parentRunId, month: gone.month.slice(0, 7) }), parentRunId);
  const decision = decideRetry(parent.run, order);
  return isRejection(decision) ? decision : requestRun(deps, decision, caller);
}
