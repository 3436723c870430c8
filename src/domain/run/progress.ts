import type { Tally } from '../outcome.js';
import type { RunEvent, ChunkEvent, PauseCause } from './run-events.js';
import { isFinal, type RunStatus } from './run.js';

/** How far a run has come, in numbers, folded from its events or read from the views. */
export interface RunCounts extends Omit<Tally, 'reasons'> {
  readonly runId: string;
  readonly status: RunStatus;
  /** Null until the run is planned. */
  readonly roster: number | null;
  readonly chunkCount: number | null;
  readonly chunksDone: number;
  /** What paused it, and why; null unless it is paused. */
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
  /** ISO times. */
  readonly startedAt: string | null;
  readonly at: string;
}

/** How far a run has come, and why users were skipped or failed. */
export type RunProgress = RunCounts & Tally;

/** Progress of a run nothing is known of yet. */
export function noProgress(runId: string): RunProgress {
  const nothing = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {}, chunksDone: 0 };
  return {
    runId,
    status: 'REQUESTED',
    roster: null,
    chunkCount: null,
    ...UNPAUSED,
    startedAt: null,
    at: new Date(0).toISOString(),
    ...nothing,
  };
}

const UNPAUSED = { pausedCause: null, pausedReason: null };

/** Folds a run's or a chunk's event into its progress. */
export function evolveProgress(progress: RunProgress, event: RunEvent | ChunkEvent, recordedAt: string): RunProgress {
  return { ...progress, ...changeOf(progress, event, recordedAt), at: recordedAt };
}

function changeOf(progress: RunProgress, event: RunEvent | ChunkEvent, at: string): Partial<RunProgress> {
  switch (event.type) {
    case 'RunPlanned':
      return { status: 'PLANNED', roster: event.data.roster, chunkCount: event.data.chunks.length };
    case 'RunStarted':
      return { status: progress.status === 'PLANNED' ? 'RUNNING' : progress.status, startedAt: at };
    case 'ChunkProgressed':
      return addTallies(progress, event.data);
    case 'ChunkCompleted':
      return { ...addTallies(progress, event.data), chunksDone: progress.chunksDone + 1 };
    case 'ChunkSplit':
      return { chunkCount: (progress.chunkCount ?? 0) + event.data.parts.length };
    case 'RunPaused':
      return { status: 'PAUSED', pausedCause: event.data.cause, pausedReason: event.data.reason };
    case 'RunResumed':
      return { status: progress.startedAt !== null ? 'RUNNING' : progress.roster !== null ? 'PLANNED' : 'REQUESTED', ...UNPAUSED };
    case 'RunCancelled':
      return { status: 'CANCELLED', ...UNPAUSED, ...tallyIn(event.data) };
    case 'RunCompleted':
      return { status: event.data.failed > 0 ? 'COMPLETED_WITH_FAILURES' : 'COMPLETED', ...UNPAUSED };
    case 'RunFailed':
      return { status: 'FAILED', ...UNPAUSED };
    default:
      return {}; // RunRequested, RunCancelRequested: nothing that counts
  }
}

function tallyIn({ generated, skipped, failed, cancelled, reasons }: Tally): Tally {
  return { generated, skipped, failed, cancelled, reasons };
}

/** Adds two tallies. */
export function addTallies(a: Tally, b: Tally): Tally {
  const reasons: Record<string, number> = { ...a.reasons };
  for (const [code, users] of Object.entries(b.reasons)) reasons[code] = (reasons[code] ?? 0) + users;
  return {
    generated: a.generated + b.generated,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
    cancelled: a.cancelled + b.cancelled,
    reasons,
  };
}

/** Users with an outcome. */
export function doneOf({ generated, skipped, failed, cancelled }: Omit<Tally, 'reasons'>): number {
  return generated + skipped + failed + cancelled;
}

/** 0 to 100, rounded down; an empty roster counts as 100 once the run has ended. */
export function percentOf(progress: RunCounts): number {
  if (progress.roster === null) return 0;
  if (progress.roster === 0) return isFinal(progress.status) ? 100 : 0;
  return Math.floor((100 * doneOf(progress)) / progress.roster);
}

/** Users a second from the start to `at`, and whole seconds left at that rate; null where nothing can be said: of a paused run not how long it takes. */
export function paceOf(progress: RunCounts): { usersPerSecond: number | null; secondsLeft: number | null } {
  const done = doneOf(progress);
  if (progress.startedAt === null || progress.roster === null || done === 0) return { usersPerSecond: null, secondsLeft: null };
  const seconds = (Date.parse(progress.at) - Date.parse(progress.startedAt)) / 1_000;
  const usersPerSecond = seconds > 0 ? done / seconds : null;
  const stands = isFinal(progress.status) || progress.status === 'PAUSED';
  return { usersPerSecond, secondsLeft: stands || usersPerSecond === null ? null : Math.ceil((progress.roster - done) / usersPerSecond) };
}
