import { traceRun } from '../../base/tracing.js';
import type { Run } from '../../domain/run/run.js';
import type { Calling, Deps, Ordering } from '../ports.js';
import { enqueuePlans } from './enqueue-plans.js';

/** Tells of a run that has ended as one span, under which its parts are. */
export function traceEnd({ clock }: Pick<Deps, 'clock'>, { runId, request, roster, requestedAt }: Run, result: string): void {
  const { program, generator } = request;
  traceRun({ runId, program, generator, users: roster ?? 0, result }, { startedAt: Date.parse(requestedAt), endedAt: clock().getTime() });
}

/** Calls workers for the runs that wait: each finds for itself whether what it waited for has ended. */
export async function callWaiting(deps: Pick<Ordering, 'queue'> & Calling): Promise<void> {
  await enqueuePlans(deps, await deps.lanes.requested());
}
