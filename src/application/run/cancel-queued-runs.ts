import { because } from '../../domain/refusals.js';
import { isRejection, reject, type Rejection } from '../../domain/rejection.js';
import { decideCancel } from '../../domain/run/decide-control.js';
import { refuseReason } from '../../domain/operator-reason.js';
import { afterRun } from './complete-run.js';
import { controlRun } from './control-run.js';
import { traceEnd } from './run-end.js';
import type { Calling, Deciding, Deps, Ordering } from '../ports.js';

/** What became of the queue of a schedule. */
export interface QueueCancelled {
  readonly status: 'accepted';
  /** Runs that were cancelled. */
  readonly cancelled: number;
  /** Runs of the schedule that had begun and go on. */
  readonly underWay: number;
}

/**
 * Cancels the runs of a schedule that have not begun, whether the schedule is active, paused or deleted. No user has an outcome in them, so they end at
 * once. The latest goes first: what waits for an earlier one does not begin in between. A run that began meanwhile is left alone.
 */
export async function cancelQueuedRuns(
  deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills'>,
  scheduleId: string,
  order: { readonly actor: string; readonly reason?: string | undefined },
): Promise<QueueCancelled | Rejection> {
  const { actor, reason } = order;
  const refusal = refuseReason(reason);
  if (refusal !== undefined) return refusal;
  const queue = await deps.transaction(async (tx) =>
    (await tx.schedules.lock(scheduleId)) === undefined ? undefined : tx.runs.queued(scheduleId),
  );
  if (queue === undefined) return reject('SCHEDULE_NOT_FOUND', because('SCHEDULE_NEVER_MADE', { schedule: scheduleId }));
  let cancelled = 0;
  for (const runId of queue) {
    const answer = await controlRun(deps, runId, actor, (run) =>
      run.plannedAt === null ? decideCancel(run, reason === undefined ? {} : { reason }) : [],
    );
    if (isRejection(answer) || answer.run.status !== 'CANCELLED' || answer.run.plannedAt !== null) continue;
    traceEnd(deps, answer.run, answer.run.status);
    cancelled += 1;
  }
  const [last] = queue;
  if (last !== undefined) await afterRun(deps, last);
  const underWay = await deps.transaction((tx) => tx.runs.openRuns(scheduleId));
  return { status: 'accepted', cancelled, underWay };
}
