import { planChunks, usersPerChunk } from '../domain/run/chunks.js';
import { appendRunEvents } from './append-run-events.js';
import { completeRun } from './complete-run.js';
import type { Deps } from './ports.js';

/** Fixes the roster of a requested run as chunks and opens its lanes. Does nothing for a run that is planned already: rings may come twice. */
export async function planRun(deps: Deps, runId: string): Promise<void> {
  const before = await deps.lanes.find(runId);
  if (before === undefined) return;
  const { request, status } = before.run;
  if (status === 'REQUESTED') {
    const roster = await deps.records.roster(request.userIds);
    const chunks = planChunks(roster, request.chunkSize ?? usersPerChunk(roster.length, deps.settings.chunkSize));
    await deps.transaction(async (tx) => {
      const stored = await tx.runs.lock(runId);
      if (stored?.run.status !== 'REQUESTED' || (await tx.runs.mustWait(runId))) return;
      await tx.chunks.plan(runId, stored.month, chunks);
      const planned = { roster: roster.length, chunks: chunks.map(({ chunk }) => chunk) };
      await appendRunEvents(tx, stored, [{ type: 'RunPlanned', data: planned }], deps.settings.workerId);
    });
    deps.progress.changed(runId);
  }
  await openLanes(deps, runId);
}

async function openLanes(deps: Deps, runId: string): Promise<void> {
  const stored = await deps.lanes.find(runId);
  if (stored === undefined) return;
  const { status, chunkCount } = stored.run;
  if (status !== 'PLANNED' && status !== 'RUNNING') return;
  if (chunkCount === 0) await completeRun(deps, runId);
  else await deps.bell.openLanes(runId, Math.min(chunkCount ?? 1, await deps.lanes.capacity()));
}
