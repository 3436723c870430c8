import type DataLoader from 'dataloader';
import type { BackfillDateRow, BackfillRow } from '../store/backfill-rows.js';
import type { RunViewRow } from '../projections/entities.js';
import type { BackfillQueries } from '../projections/queries/backfill-queries.js';
import type { RunLinkQueries } from '../projections/queries/run-link-queries.js';
import type { Batching } from './batching.js';

/** Batches of one request around backfills and retries. */
export interface ControlLoaders {
  readonly backfill: DataLoader<string, BackfillRow | undefined>;
  readonly backfillDates: DataLoader<string, readonly BackfillDateRow[]>;
  /** Runs that repeat users of a run. */
  readonly retries: DataLoader<string, readonly RunViewRow[]>;
  /** Interventions of a run that stand in the place of an older one. */
  readonly replaced: DataLoader<string, number>;
}

/** Loaders over one request's reads. */
export function makeControlLoaders(batching: Batching, backfills: BackfillQueries, links: RunLinkQueries): ControlLoaders {
  return {
    backfill: batching.byKey(
      (ids) => backfills.byIds(ids),
      (row) => row.backfill_id,
    ),
    backfillDates: batching.inOrder(async (ids: readonly string[]) => {
      const dates = await backfills.dates(ids);
      return ids.map((id) => dates.get(id) ?? []);
    }),
    retries: batching.inOrder(async (ids: readonly string[]) => {
      const retries = Map.groupBy(await links.retries(ids), ({ parentRunId }) => parentRunId);
      return ids.map((id) => retries.get(id) ?? []);
    }),
    replaced: batching.inOrder(async (ids: readonly string[]) => {
      const replaced = await links.replaced(ids);
      return ids.map((id) => replaced.get(id) ?? 0);
    }),
  };
}
