import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { GeneratorName, Tally } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { OnExisting, PauseCause, RetrySelection, Trigger } from '../domain/run/run-events.js';
import type { RunStatus } from '../domain/run/run.js';
import type { AskMode } from '../domain/run/ask-mode.js';
import type { RunForecast } from '../domain/run/forecast.js';

/** The view of runs, folded from the streams `run-<id>`. Without `user_ids`: up to 10,000 figures a run, which is hardly ever asked for (`RunQueries.userIds`). */
export const RunView = defineEntity({
  name: 'RunView',
  tableName: 'run_view',
  schema: 'batch',
  properties: {
    runId: p.uuid().primary(),
    runMonth: p.date(),
    version: p.integer(),
    status: p.string().$type<RunStatus>(),
    program: p.string().$type<ProgramName>(),
    recordDate: p.date(),
    trigger: p.string().$type<Trigger>(),
    actor: p.string(),
    reason: p.text().nullable(),
    scheduleId: p.uuid().nullable(),
    slot: p.datetime().nullable(),
    parentRunId: p.uuid().nullable(),
    generator: p.string().$type<GeneratorName>(),
    language: p.string(),
    dryRun: p.boolean(),
    onExisting: p.string().$type<OnExisting>(),
    chunkSize: p.integer().nullable(),
    roster: p.integer().nullable(),
    chunkCount: p.integer().nullable(),
    pausedReason: p.text().nullable(),
    failureCode: p.text().nullable(),
    cancelRequestedAt: p.datetime().nullable(),
    requestedAt: p.datetime(),
    plannedAt: p.datetime().nullable(),
    startedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    waits: p.boolean(),
    retry: p.json<RetrySelection>().nullable(),
    backfillId: p.uuid().nullable(),
    pausedCause: p.string().$type<PauseCause>().nullable(),
    resumedAt: p.datetime().nullable(),
    shadow: p.boolean(),
    forecast: p.json<RunForecast>().nullable(),
    tally: p.json<Tally>().nullable(),
    withoutSchedule: p.text().nullable(),
    pausedBy: p.text().nullable(),
    pausedAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    cancelledBy: p.text().nullable(),
    readyBy: p.datetime().nullable(),
    recallId: p.uuid().nullable(),
    mode: p.string().$type<AskMode>().nullable(),
  },
});
export type RunViewRow = InferEntity<typeof RunView>;

/** The view of chunks: counters per chunk, summed for a run. */
export const ChunkView = defineEntity({
  name: 'ChunkView',
  tableName: 'chunk_view',
  schema: 'batch',
  properties: {
    runId: p.uuid().primary(),
    chunk: p.integer().primary(),
    roster: p.integer(),
    generated: p.integer(),
    skipped: p.integer(),
    failed: p.integer(),
    cancelled: p.integer(),
    reasons: p.json<Record<string, number>>(),
    completedAt: p.datetime().nullable(),
  },
});
export type ChunkViewRow = InferEntity<typeof ChunkView>;

/** One outcome per user and run, straight from the log (`batch.outcome_view`). */
export interface OutcomeRow {
  readonly runId: string;
  /** The person's opaque number in the log. */
  readonly subject: number;
  /** Null after an erasure. */
  readonly userId: number | null;
  readonly runMonth: string;
  readonly stream: string;
  readonly outcome: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly recordedAt: Date;
}
