import DataLoader from 'dataloader';
import type { RecordedEvent } from '../application/ports.js';
import type { ChunkClaim, RunReasons, RunTally } from '../projections/queries/chunk-queries.js';
import type { UsageShareRow, UsedRun } from '../projections/queries/usage-queries.js';
import type { ShadowFigures } from '../projections/queries/run-figures-queries.js';
import type { ChunkViewRow, OutcomeRow, RunViewRow } from '../projections/entities.js';
import type { PageRequest } from '../projections/queries/keyset.js';
import type { OutcomePage } from '../projections/queries/outcome-queries.js';
import type { EventPage } from '../projections/queries/run-event-queries.js';
import type { RunKey } from '../projections/queries/run-key.js';
import type { InterventionRecord } from '../records/entities.js';
import { byKey } from './by-key.js';
import type { Views } from './context.js';
import { makeControlLoaders, type ControlLoaders } from './control-loaders.js';
import { pageLoader, type PageLoader } from './page-loader.js';
import { makeScheduleLoaders, type ScheduleLoaders } from './schedule-loaders.js';

/** A chunk of a run. */
export interface ChunkKey {
  readonly runId: string;
  readonly chunk: number;
}

/** Batches of one request: each hop from many to one costs one statement. */
export interface Loaders extends ScheduleLoaders, ControlLoaders {
  readonly run: DataLoader<string, RunViewRow | undefined>;
  readonly tally: DataLoader<string, RunTally | undefined>;
  readonly reasons: DataLoader<string, RunReasons | undefined>;
  readonly intervention: DataLoader<number, InterventionRecord | undefined>;
  readonly usage: DataLoader<UsedRun, readonly UsageShareRow[], string>;
  readonly shadow: DataLoader<string, ShadowFigures | undefined>;
  readonly claim: DataLoader<ChunkKey, ChunkClaim | undefined, string>;
  readonly outcomes: PageLoader<RunKey, OutcomePage, OutcomeRow>;
  readonly chunks: PageLoader<string, PageRequest, ChunkViewRow>;
  readonly runEvents: PageLoader<RunKey, EventPage, RecordedEvent>;
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
    outcomes: pageLoader(runIdOf, (runs, page) => views.outcomes.ofRuns(runs, page)),
    chunks: pageLoader(
      (runId) => runId,
      (runIds, page) => views.chunks.ofRuns(runIds, page),
    ),
    runEvents: pageLoader(runIdOf, (runs, page) => views.runEvents.ofRuns(runs, page)),
  };
}

async function claims({ chunks }: Views, keys: readonly ChunkKey[]): Promise<(ChunkClaim | undefined)[]> {
  const found = new Map((await chunks.claims(keys)).map((claim) => [`${claim.runId}/${claim.chunk}`, claim]));
  return keys.map(({ runId, chunk }) => found.get(`${runId}/${chunk}`));
}

function runIdOf({ runId }: RunKey): string {
  return runId;
}
