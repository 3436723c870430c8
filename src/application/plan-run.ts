import { forecastOf, likelyEligible, type RunForecast } from '../domain/run/forecast.js';
import type { RunRequest } from '../domain/run/run-events.js';
import { planChunks, usersPerChunk } from '../domain/run/chunks.js';
import { appendRunEvents } from './append-run-events.js';
import { completeRun } from './complete-run.js';
import type { Deps } from './ports.js';
import { rosterOf } from './roster-of.js';

/** Fixes the roster of a requested run as chunks and opens its lanes. Does nothing for a run that is planned already: rings may come twice. */
export async function planRun(deps: Deps, runId: string): Promise<void> {
  const before = await deps.lanes.find(runId);
  if (before === undefined) return;
  const { request, status } = before.run;
  if (status === 'REQUESTED') {
    const roster = await rosterOf(deps, request);
    const chunks = planChunks(roster, request.chunkSize ?? usersPerChunk(roster.length, deps.settings.chunkSize));
    const forecast = await forecastAtPlan(deps, request, roster.length);
    await deps.transaction(async (tx) => {
      const stored = await tx.runs.lock(runId);
      if (stored?.run.status !== 'REQUESTED' || (await tx.runs.mustWait(runId))) return;
      await tx.chunks.plan(runId, stored.month, chunks);
      const planned = { roster: roster.length, chunks: chunks.map(({ chunk }) => chunk), forecast };
      await appendRunEvents(tx, stored, [{ type: 'RunPlanned', data: planned }], deps.settings.workerId);
    });
    deps.progress.changed(runId);
  }
  await openLanes(deps, runId);
}

/** From past runs alone: to count who is eligible would read every user's records, which the run itself is about to do. */
async function forecastAtPlan({ forecasts }: Deps, { generator, program }: RunRequest, roster: number): Promise<RunForecast> {
  const experience = await forecasts.experience(generator, program);
  return forecastOf(likelyEligible(roster, experience), experience, forecasts.model(generator, program));
}

async function openLanes(deps: Deps, runId: string): Promise<void> {
  const stored = await deps.lanes.find(runId);
  if (stored === undefined) return;
  const { status, chunkCount } = stored.run;
  if (status !== 'PLANNED' && status !== 'RUNNING') return;
  if (chunkCount === 0) await completeRun(deps, runId);
  else await deps.bell.openLanes(runId, Math.min(chunkCount ?? 1, await deps.lanes.capacity()));
}
