import { assertNever } from '../assert-never.js';
import type { Tally } from '../outcome.js';
import type { RunForecast } from './forecast.js';
import type { PauseCause, RunEvent, RunPlan, RunRequest } from './run-events.js';

/** Where a run stands. The last four are final. */
export const RUN_STATUSES = [
  'REQUESTED',
  'PLANNED',
  'RUNNING',
  'PAUSED',
  'COMPLETED',
  'COMPLETED_WITH_FAILURES',
  'CANCELLED',
  'FAILED',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const FINAL: ReadonlySet<RunStatus> = new Set(['COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED']);

/** Whether nothing more happens to a run in this status. */
export function isFinal(status: RunStatus): boolean {
  return FINAL.has(status);
}

/**
 * The pause that was not resumed, as a run's row keeps it, also when the run ended meanwhile: releases that work on one schema write the same row.
 * It is over with the run. Whatever shows a run takes it from `pauseOf`.
 */
export interface LastPause<Time> {
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
  /** The actor that paused it, as the log names it: an operator, or the worker that did by itself. */
  readonly pausedBy: string | null;
  readonly pausedAt: Time | null;
}

/** What paused a run, why and when: nulls unless it is paused now. */
export function pauseOf<Time>(run: PausedOrNot<Time> | undefined): LastPause<Time> {
  if (run?.status !== 'PAUSED') return UNPAUSED;
  const { pausedCause = null, pausedReason = null, pausedBy = null, pausedAt = null } = run;
  return { pausedCause, pausedReason, pausedBy, pausedAt };
}

/** A row of a run has no value where its column has none. */
type PausedOrNot<Time> = { readonly status: RunStatus } & { readonly [Fact in keyof LastPause<Time>]?: LastPause<Time>[Fact] | undefined };

/** A run as its events tell it. Times are ISO texts. */
export interface Run extends LastPause<string> {
  readonly runId: string;
  /** Events so far on the run's own stream. */
  readonly version: number;
  readonly status: RunStatus;
  readonly request: RunRequest;
  readonly actor: string;
  readonly roster: number | null;
  readonly chunkCount: number | null;
  /** When it was last resumed. */
  readonly resumedAt: string | null;
  readonly failureCode: string | null;
  /** What it was expected to come to when it was planned. */
  readonly forecast: RunForecast | null;
  /** What all outcomes came to, as the event that ended it tells; null before, and for a run that failed as a whole. */
  readonly tally: Tally | null;
  readonly requestedAt: string;
  readonly plannedAt: string | null;
  readonly startedAt: string | null;
  readonly cancelRequestedAt: string | null;
  /** An operator's words; null where none were given. */
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  readonly endedAt: string | null;
}

/** What the log adds to an event: who and when. */
export interface RunEventContext {
  readonly runId: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Folds one event into a run. Throws a TypeError for a first event other than `RunRequested`: the stream is damaged. */
export function evolveRun(run: Run | undefined, event: RunEvent, context: RunEventContext): Run {
  if (event.type === 'RunRequested') return requested(event.data, context);
  if (run === undefined) throw new TypeError(`the stream of run ${context.runId} begins with ${event.type}, expected RunRequested`);
  return { ...run, ...changeOf(run, event, context), version: run.version + 1 };
}

const UNPAUSED: LastPause<never> = { pausedCause: null, pausedReason: null, pausedBy: null, pausedAt: null };

function requested(request: RunRequest, { runId, actor, recordedAt }: RunEventContext): Run {
  const unknown = {
    roster: null,
    chunkCount: null,
    ...UNPAUSED,
    resumedAt: null,
    cancelReason: null,
    cancelledBy: null,
    failureCode: null,
    forecast: null,
    tally: null,
  };
  const later = { plannedAt: null, startedAt: null, cancelRequestedAt: null, endedAt: null };
  return { runId, version: 1, status: 'REQUESTED', request, actor, requestedAt: recordedAt, ...unknown, ...later };
}

function changeOf(run: Run, event: Exclude<RunEvent, { type: 'RunRequested' }>, context: RunEventContext): Partial<Run> {
  const { recordedAt: at, actor } = context;
  switch (event.type) {
    case 'RunPlanned':
      return { status: 'PLANNED', ...planOf(event.data), plannedAt: at };
    case 'RunStarted':
      return { status: run.status === 'PLANNED' ? 'RUNNING' : run.status, startedAt: at };
    case 'RunPaused':
      return { status: 'PAUSED', pausedCause: event.data.cause, pausedReason: event.data.reason, pausedBy: actor, pausedAt: at };
    case 'RunResumed':
      return { status: statusBefore(run), ...UNPAUSED, resumedAt: at };
    case 'RunCancelRequested':
      return { cancelRequestedAt: at, cancelReason: event.data.reason ?? null, cancelledBy: actor };
    case 'RunCancelled':
      return { status: 'CANCELLED', tally: event.data, endedAt: at };
    case 'RunCompleted':
      return { status: event.data.failed > 0 ? 'COMPLETED_WITH_FAILURES' : 'COMPLETED', tally: event.data, endedAt: at };
    case 'RunFailed':
      return { status: 'FAILED', failureCode: event.data.code, endedAt: at };
    case 'ChunkSplit':
      return { chunkCount: (run.chunkCount ?? 0) + event.data.parts.length };
    default:
      return assertNever(event);
  }
}

/** Where a paused run goes on. */
function statusBefore({ plannedAt, startedAt }: Run): RunStatus {
  if (startedAt !== null) return 'RUNNING';
  return plannedAt === null ? 'REQUESTED' : 'PLANNED';
}

function planOf({ roster, chunks, forecast }: RunPlan): Pick<Run, 'roster' | 'chunkCount' | 'forecast'> {
  return { roster, chunkCount: chunks.length, forecast: forecast ?? null };
}
