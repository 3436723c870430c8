import type { ProgramName } from '../../domain/program.js';
import { programOf } from '../../domain/programs/all-programs.js';
import { localDate } from '../../domain/local-date.js';
import { doneOf, paceOf, percentOf, type RunCounts, type RunProgress } from '../../domain/run/progress.js';
import { MAX_FORECAST_SECONDS } from '../../domain/figures.js';
import type { RunForecast as Forecast } from '../../domain/run/forecast.js';
import { type LastPause, pauseOf, type Run as RunState } from '../../domain/run/run.js';
import type { RunViewRow } from '../../projections/entities.js';
import type { RunTally } from '../../projections/queries/chunk-queries.js';
import { Progress, type ReasonCount } from '../../schema/progress-type.js';
import { BatchForecast, RunForecast } from '../../schema/run-figures-type.js';
import { Run } from '../../schema/run-type.js';
import { nodeOf, stored, type FieldsOf } from '../node-of.js';

/** A run of the view as a GraphQL node. */
export function runNode(row: RunViewRow): Run {
  const { runId, runMonth, version: _version, chunkSize: _chunkSize, forecast, pausedReason, ...rest } = stored(row);
  const targetDate = targetDateOf(row.program, row.recordDate);
  return nodeOf(Run, {
    ...rest,
    ...pauseFields({ ...rest, pausedReason }),
    id: runId,
    month: runMonth,
    targetDate,
    forecast: forecast === null ? null : nodeOf(RunForecast, forecastFields(forecast)),
  });
}

/** A run as it was just decided, as a GraphQL node: the view need not be read again. */
export function decidedRunNode(run: RunState, month: string): Run {
  const { request } = run;
  const pause = pauseFields(run);
  return nodeOf(Run, {
    id: run.runId,
    month,
    tally: run.tally,
    status: run.status,
    program: request.program,
    recordDate: request.recordDate,
    targetDate: targetDateOf(request.program, request.recordDate),
    trigger: request.trigger,
    actor: run.actor,
    reason: request.reason ?? null,
    withoutSchedule: request.withoutSchedule ?? null,
    generator: request.generator,
    mode: request.mode ?? null,
    language: request.language,
    dryRun: request.dryRun,
    shadow: request.shadow ?? false,
    onExisting: request.onExisting,
    readUserIds: request.userIds === undefined ? null : [...request.userIds],
    roster: run.roster,
    chunkCount: run.chunkCount,
    slot: at(request.slot ?? null),
    readyBy: at(request.readyBy ?? null),
    waits: request.waits ?? false,
    retry: request.retry ?? null,
    ...pause,
    pausedAt: at(pause.pausedAt),
    resumedAt: at(run.resumedAt),
    cancelRequestedAt: at(run.cancelRequestedAt),
    cancelReason: run.cancelReason,
    cancelledBy: run.cancelledBy,
    failureCode: run.failureCode,
    forecast: run.forecast === null ? null : nodeOf(RunForecast, forecastFields(run.forecast)),
    requestedAt: new Date(run.requestedAt),
    plannedAt: at(run.plannedAt),
    startedAt: at(run.startedAt),
    endedAt: at(run.endedAt),
    scheduleId: request.scheduleId ?? null,
    parentRunId: request.parentRunId ?? null,
    backfillId: request.backfillId ?? null,
    recallId: request.recallId ?? null,
  });
}

function pauseFields<Time>(run: Parameters<typeof pauseOf<Time>>[0]): Omit<LastPause<Time>, 'pausedReason'> & Pick<Run, 'pausedFor'> {
  const { pausedReason: pausedFor, ...pause } = pauseOf(run);
  return { ...pause, pausedFor };
}

function targetDateOf(program: ProgramName, recordDate: string): string {
  return programOf(program).targetDate(localDate(recordDate));
}

function at(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}

/** A forecast as a GraphQL node, its cost in US$. */
export function forecastFields({ costMicros, seconds, byBatch, ...figures }: Forecast): FieldsOf<RunForecast> {
  // Of runs planned by earlier releases: a pause counted as their pace, and GraphQL's Int holds no more.
  const told = seconds === null ? null : Math.min(seconds, MAX_FORECAST_SECONDS);
  const batched = byBatch && nodeOf(BatchForecast, { costUsd: byBatch.costMicros / 1_000_000, seconds: byBatch.seconds });
  return { ...figures, seconds: told, costUsd: costMicros / 1_000_000, byBatch: batched ?? null };
}

/** Progress of a run that is over, as its end tells it: no chunk is looked at. Undefined while it goes on, and for one that failed as a whole. */
export function endedProgressOf(run: Run): RunProgress | undefined {
  const { tally, endedAt, chunkCount } = run;
  if (tally === null || endedAt === null) return undefined;
  return { ...placeOf(run), ...tally, chunksDone: chunkCount ?? 0, at: endedAt.toISOString() };
}

/** A run's progress summed over its chunks, without its reasons: who asks for these has them loaded. */
export function progressOf(run: Run, tally: RunTally | undefined): RunCounts {
  const counted = tally ?? { generated: 0, skipped: 0, failed: 0, cancelled: 0, chunksDone: 0, lastChunkAt: null };
  // As of its events, of which the log may still hide the last: what was told of an earlier one is older than this.
  const times = [counted.lastChunkAt, run.startedAt, run.plannedAt, run.requestedAt, run.pausedAt, run.resumedAt, run.cancelRequestedAt];
  const newest = new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)));
  return { ...placeOf(run), ...counted, at: (run.endedAt ?? newest).toISOString() };
}

function placeOf(run: Run): Omit<RunCounts, 'generated' | 'skipped' | 'failed' | 'cancelled' | 'chunksDone' | 'at'> {
  const { id: runId, status, roster, chunkCount, startedAt, pausedCause, pausedFor: pausedReason } = run;
  return { runId, status, roster, chunkCount, pausedCause, pausedReason, startedAt: startedAt?.toISOString() ?? null };
}

/** Progress as a GraphQL node. Where `progress` has no reasons, they are loaded when a client asks. */
export function progressNode(progress: RunCounts & Partial<RunProgress>, cursor: string | null): Progress {
  const { runId, status, roster, chunkCount, chunksDone, pausedCause, pausedReason, generated, skipped, failed, cancelled } = progress;
  const counts = { generated, skipped, failed, cancelled, done: doneOf(progress), percent: percentOf(progress) };
  const place = { runId, status, pausedCause, pausedFor: pausedReason, roster, chunkCount, chunksDone, at: new Date(progress.at), cursor };
  const reasons = progress.reasons && { readReasons: reasonCounts(progress.reasons) };
  return nodeOf(Progress, { ...counts, ...place, ...paceOf(progress), ...reasons });
}

/** Reasons by how many users had them, most first. */
export function reasonCounts(reasons: Readonly<Record<string, number>>): ReasonCount[] {
  return Object.entries(reasons)
    .map(([reason, users]) => ({ reason, users }))
    .toSorted((a, b) => b.users - a.users || a.reason.localeCompare(b.reason));
}
