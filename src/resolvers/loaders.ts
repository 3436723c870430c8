import DataLoader from 'dataloader';
import type { ChunkClaim, RunReasons, RunTally } from '../projections/queries/chunk-queries.js';
import type { UsageShareRow, UsedRun } from '../projections/queries/usage-queries.js';
import type { ShadowFigures } from '../projections/queries/run-figures-queries.js';
import type { RunViewRow } from '../projections/entities.js';
import type { InterventionRecord } from '../records/entities.js';
import { byKey } from './by-key.js';
import type { Views } from './context.js';
import { makeControlLoaders, type ControlLoaders } from './control-loaders.js';
import { makeScheduleLoaders, type ScheduleLoaders } from './schedule-loaders.js';

/** Batches of one request: each hop from many to one costs one statement. */
export interface Loaders extends ScheduleLoaders, ControlLoaders {
  readonly run: DataLoader<string, RunViewRow | undefined>;
  readonly tally: DataLoader<string, RunTally | undefined>;
  readonly reasons: DataLoader<string, RunReasons | undefined>;
  readonly intervention: DataLoader<number, InterventionRecord | undefined>;
  readonly usage: DataLoader<UsedRun, readonly UsageShareRow[], string>;
  readonly shadow: DataLoader<string, ShadowFigures | undefined>;
  readonly claim: DataLoader<{ runId: string; chunk: number }, ChunkClaim | undefined, string>;
}

/** Loaders over one request's views. Make them anew for each request, and for each event of a subscription. */
export function makeLoaders(views: Views): Loaders {
  return {
    ...makeScheduleLoaders(views.schedules, views.scheduleHistory),
    ...makeControlLoaders(views.backfills, views.runLinks),
    run: byKey(
      (ids) => views.runs.byIds(ids),
      (row) => row.runId,
    ),
    tally: byKey(
      (ids) => views.chunks.tallies(ids),
      (row) => row.runId,
    ),
    reasons: byKey(
      (ids) => views.chunks.reasons(ids),
      (row) => row.runId,
    ),
    intervention: byKey(
      (ids) => views.interventions.byIds(ids),
      (row) => row.id,
    ),
    usage: new DataLoader((runs) => views.usage.ofRuns(runs), { cacheKeyFn: ({ runId }) => runId }),
    shadow: byKey(
      (ids) => views.figures.shadows(ids),
      (row) => row.runId,
    ),
    claim: new DataLoader((keys) => claims(views, keys), { cacheKeyFn: ({ runId, chunk }) => `${runId}/${chunk}` }),
  };
}

async function claims(views: Views, keys: readonly { runId: string; chunk: number }[]): Promise<(ChunkClaim | undefined)[]> {
  const runs = Map.groupBy(keys, ({ runId }) => runId);
  const found = new Map<string, ChunkClaim>();
  for (const [runId, chunks] of runs) {
    for (const claim of await views.chunks.claims(runId, chunks.map(({ chunk }) => chunk))) found.set(`${runId}/${claim.chunk}`, claim); // prettier-ignore
  }
  return keys.map(({ runId, chunk }) => found.get(`${runId}/${chunk}`));
}
