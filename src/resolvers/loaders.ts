import DataLoader from 'dataloader';
import type { ChunkClaim, RunTally } from '../projections/queries/chunk-queries.js';
import type { RunViewRow } from '../projections/entities.js';
import type { InterventionRecord } from '../records/entities.js';
import type { Views } from './context.js';

/** Batches of one request: each hop from many to one costs one statement. */
export interface Loaders {
  readonly run: DataLoader<string, RunViewRow | undefined>;
  readonly tally: DataLoader<string, RunTally | undefined>;
  readonly intervention: DataLoader<number, InterventionRecord | undefined>;
  readonly claim: DataLoader<{ runId: string; chunk: number }, ChunkClaim | undefined, string>;
}

/** Loaders over one request's views. Make them anew for each request, and for each event of a subscription. */
export function makeLoaders(views: Views): Loaders {
  return {
    run: byKey(
      (ids) => views.runs.byIds(ids),
      (row) => row.runId,
    ),
    tally: byKey(
      (ids) => views.chunks.tallies(ids),
      (row) => row.runId,
    ),
    intervention: byKey(
      (ids) => views.interventions.byIds(ids),
      (row) => row.id,
    ),
    claim: new DataLoader((keys) => claims(views, keys), { cacheKeyFn: ({ runId, chunk }) => `${runId}/${chunk}` }),
  };
}

function byKey<K, V>(load: (keys: readonly K[]) => Promise<V[]>, keyOf: (value: V) => K): DataLoader<K, V | undefined> {
  return new DataLoader(async (keys: readonly K[]) => {
    const found = new Map((await load(keys)).map((value) => [keyOf(value), value]));
    return keys.map((key) => found.get(key));
  });
}

async function claims(views: Views, keys: readonly { runId: string; chunk: number }[]): Promise<(ChunkClaim | undefined)[]> {
  const runs = Map.groupBy(keys, ({ runId }) => runId);
  const found = new Map<string, ChunkClaim>();
  for (const [runId, chunks] of runs) {
    for (const claim of await views.chunks.claims(runId, chunks.map(({ chunk }) => chunk))) found.set(`${runId}/${claim.chunk}`, claim); // prettier-ignore
  }
  return keys.map(({ runId, chunk }) => found.get(`${runId}/${chunk}`));
}
