import type DataLoader from 'dataloader';
import type { NightFigures } from '../application/ports.js';
import type { Rollout } from '../domain/rollout/rollout.js';
import type { RunViewRow } from '../projections/entities.js';
import type { BackfillQueries } from '../projections/queries/backfill-queries.js';
import type { RolloutQueries } from '../projections/queries/rollout-queries.js';
import type { MissedDay, RunLinkQueries } from '../projections/queries/run-link-queries.js';
import type { BackfillDateRow, BackfillRow } from '../store/backfill-rows.js';
import type { Batching } from './batching.js';

/** Batches of one request around backfills, rollouts and retries. */
export interface ControlLoaders {
  readonly backfill: DataLoader<string, BackfillRow | undefined>;
  readonly backfillDates: DataLoader<string, readonly BackfillDateRow[]>;
  readonly rollout: DataLoader<string, Rollout | undefined>;
  /** What both sides of a rollout came to, by record date. */
  readonly rolloutNights: DataLoader<string, readonly NightFigures[]>;
  /** Runs that repeat users of a run. */
  readonly retries: DataLoader<string, readonly RunViewRow[]>;
  /** The run that one which has not begun waits for. */
  readonly waitsFor: DataLoader<string, RunViewRow | undefined>;
  /** The run that made up for a day whose time was skipped. */
  readonly madeUp: DataLoader<MissedDay, RunViewRow | undefined, string>;
  /** Interventions of a run that stand in the place of an older one. */
  readonly replaced: DataLoader<string, number>;
}

interface Controlled {
  readonly backfills: BackfillQueries;
  readonly rollouts: RolloutQueries;
  readonly runLinks: RunLinkQueries;
}

/** Loaders over one request's reads. */
export function makeControlLoaders(batching: Batching, { backfills, rollouts, runLinks: links }: Controlled): ControlLoaders {
  return {
    backfill: batching.byKey(
      (ids) => backfills.byIds(ids),
      (row) => row.backfill_id,
    ),
    backfillDates: batching.inOrder(async (ids: readonly string[]) => {
      const dates = await backfills.dates(ids);
      return ids.map((id) => dates.get(id) ?? []);
    }),
    rollout: batching.byKey(
      (ids) => rollouts.byIds(ids),
      (rollout) => rollout.rolloutId,
    ),
    rolloutNights: batching.inOrder(async (ids: readonly string[]) => {
      const nights = await rollouts.nights(ids);
      return ids.map((id) => nights.get(id) ?? []);
    }),
    retries: batching.inOrder(async (ids: readonly string[]) => {
      const retries = Map.groupBy(await links.retries(ids), ({ parentRunId }) => parentRunId);
      return ids.map((id) => retries.get(id) ?? []);
    }),
    waitsFor: batching.inOrder(async (ids: readonly string[]) => {
      const found = await links.waitedFor(ids);
      return ids.map((id) => found.get(id));
    }),
    madeUp: batching.inOrder(
      (days: readonly MissedDay[]) => links.madeUp(days),
      ({ program, recordDate, since }) => `${program} ${recordDate} ${since.getTime()}`,
    ),
    replaced: batching.inOrder(async (ids: readonly string[]) => {
      const replaced = await links.replaced(ids);
      return ids.map((id) => replaced.get(id) ?? 0);
    }),
  };
}
