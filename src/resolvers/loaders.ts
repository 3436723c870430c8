import type DataLoader from 'dataloader';
import type { RecordedEvent } from '../application/ports.js';
import type { RecordedAdvice } from '../domain/advice/points/explain.js';
import type { LetGoMonth } from '../domain/retention/retention.js';
import type { AwaitedBatches, BatchQueries } from '../projections/queries/batch-queries.js';
import type { ChunkClaim, ChunkRow, RunReasons, RunTally, ChunkQueries } from '../projections/queries/chunk-queries.js';
import type { UsageShareRow, UsedRun, UsageQueries } from '../projections/queries/usage-queries.js';
import type { ShadowFigures, RunFiguresQueries } from '../projections/queries/run-figures-queries.js';
import type { OutcomeRow, RunViewRow } from '../projections/entities.js';
import type { PageRequest } from '../database/keyset.js';
import type { OutcomePage, OutcomeQueries } from '../projections/queries/outcome-queries.js';
import type { EventPage, RunEventQueries } from '../projections/queries/run-event-queries.js';
import type { RunKey } from '../projections/queries/run-key.js';
import type { ShownAdvice } from '../records/shown-advice.js';
import type { Batching, PageLoader } from './batching.js';
import { type ControlLoaders, makeControlLoaders } from './control-loaders.js';
import { makeReviewLoaders, type ReviewLoaders } from './review-loaders.js';
import { makeScheduleLoaders, type ScheduleLoaders } from './schedule-loaders.js';
import type { RolloutQueries } from '../projections/queries/rollout-queries.js';
import type { RecallQueries } from '../projections/queries/recall-queries.js';
import type { ReviewQueries } from '../projections/queries/review-queries.js';
import type { BackfillQueries } from '../projections/queries/backfill-queries.js';
import type { RunLinkQueries } from '../projections/queries/run-link-queries.js';
import type { AuditQueries } from '../projections/queries/audit-queries.js';
import type { FailureQueries } from '../projections/queries/failure-queries.js';
import type { NightQueries } from '../projections/queries/night-queries.js';
import type { RetentionQueries } from '../projections/queries/retention-queries.js';
import type { RunQueries } from '../projections/queries/run-queries.js';
import type { ScheduleHistoryQueries } from '../projections/queries/schedule-history-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import type { InterventionQueries } from '../records/intervention-queries.js';
import type { PatientQueries } from '../records/patient-queries.js';

/** A chunk of a run. */
export interface ChunkKey {
  readonly runId: string;
  readonly chunk: number;
}

/** Batches of one request: each hop from many to one costs one statement. */
export interface Loaders extends ScheduleLoaders, ReviewLoaders, ControlLoaders {
  readonly run: DataLoader<string, RunViewRow | undefined>;
  /** The users that a run was asked for. */
  readonly userIds: DataLoader<string, { readonly userIds: number[] | null } | undefined>;
  /** How many users that are. */
  readonly chosen: DataLoader<string, { readonly users: number | null } | undefined>;
  readonly tally: DataLoader<string, RunTally | undefined>;
  readonly reasons: DataLoader<string, RunReasons | undefined>;
  readonly intervention: DataLoader<string, ShownAdvice | undefined>;
  readonly recordedAdvice: DataLoader<string, { readonly advice: RecordedAdvice | null } | undefined>;
  readonly usage: DataLoader<UsedRun, readonly UsageShareRow[], string>;
  readonly shadow: DataLoader<string, ShadowFigures | undefined>;
  readonly awaited: DataLoader<string, AwaitedBatches | undefined>;
  readonly claim: DataLoader<ChunkKey, ChunkClaim | undefined, string>;
  readonly outcomes: PageLoader<RunKey, OutcomePage, OutcomeRow>;
  readonly chunks: PageLoader<string, PageRequest, ChunkRow>;
  readonly runEvents: PageLoader<RunKey, EventPage, RecordedEvent>;
  /** A month, by its first day, as it was let go. */
  readonly letGo: DataLoader<string, LetGoMonth | undefined>;
}

/** Loaders over one request's views. Make them anew for each request, and for each event of a subscription. */
export function makeLoaders(views: Views, batching: Batching): Loaders {
  return {
    ...makeScheduleLoaders(batching, views.schedules, views.scheduleHistory),
    ...makeReviewLoaders(batching, views),
    ...makeControlLoaders(batching, views),
    run: batching.byKey(
      (ids) => views.runs.byIds(ids),
      (row) => row.runId,
    ),
    userIds: batching.byKey(
      (ids) => views.runs.userIds(ids),
      (row) => row.runId,
    ),
    chosen: batching.byKey(
      (ids) => views.runs.chosen(ids),
      (row) => row.runId,
    ),
    tally: batching.byKey(
      (ids) => views.chunks.tallies(ids),
      (row) => row.runId,
    ),
    reasons: batching.byKey(
      (ids) => views.chunks.reasons(ids),
      (row) => row.runId,
    ),
    intervention: batching.byKey(
      (ids) => views.interventions.byIds(ids),
      (row) => row.id,
    ),
    recordedAdvice: batching.byKey(
      (ids) => views.interventions.recorded(ids),
      (row) => row.id,
    ),
    usage: batching.inOrder((runs: readonly UsedRun[]) => views.usage.ofRuns(runs), runIdOf),
    shadow: batching.byKey(
      (ids) => views.figures.shadows(ids),
      (row) => row.runId,
    ),
    awaited: batching.byKey(
      (ids) => views.batches.awaited(ids),
      (row) => row.runId,
    ),
    letGo: batching.inOrder(async (months: readonly string[]) => {
      const found = await views.retention.letGo(months);
      return months.map((month) => found.get(month));
    }),
    claim: batching.inOrder(
      (keys) => claims(views, keys),
      ({ runId, chunk }) => `${runId}/${chunk}`,
    ),
    outcomes: batching.pages(runIdOf, (runs: readonly RunKey[], page: OutcomePage) => views.outcomes.ofRuns(runs, page)),
    chunks: batching.pages(
      (runId) => runId,
      (runIds, page) => views.chunks.ofRuns(runIds, page),
    ),
    runEvents: batching.pages(runIdOf, (runs: readonly RunKey[], page: EventPage) => views.runEvents.ofRuns(runs, page)),
  };
}

async function claims({ chunks }: Views, keys: readonly ChunkKey[]): Promise<(ChunkClaim | undefined)[]> {
  const found = new Map((await chunks.claims(keys)).map((claim) => [`${claim.runId}/${claim.chunk}`, claim]));
  return keys.map(({ runId, chunk }) => found.get(`${runId}/${chunk}`));
}

function runIdOf({ runId }: { readonly runId: string }): string {
  return runId;
}

/** Reads of the views, bound to one request's entity manager. */
export interface Views {
  readonly runs: RunQueries;
  readonly chunks: ChunkQueries;
  readonly outcomes: OutcomeQueries;
  readonly runEvents: RunEventQueries;
  readonly usage: UsageQueries;
  readonly interventions: InterventionQueries;
  readonly audit: AuditQueries;
  readonly nights: NightQueries;
  readonly failures: FailureQueries;
  readonly patients: PatientQueries;
  readonly figures: RunFiguresQueries;
  readonly batches: BatchQueries;
  readonly schedules: ScheduleQueries;
  readonly scheduleHistory: ScheduleHistoryQueries;
  readonly backfills: BackfillQueries;
  readonly recalls: RecallQueries;
  readonly rollouts: RolloutQueries;
  readonly reviews: ReviewQueries;
  readonly runLinks: RunLinkQueries;
  readonly retention: RetentionQueries;
}
