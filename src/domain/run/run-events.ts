import type { GeneratorName, OutcomeName, Tally } from '../outcome.js';
import type { AskMode, ModelBatchEvent } from './ask-mode.js';
import type { RunForecast } from './forecast.js';
import type { ProgramName } from '../program.js';

/** Why a run exists. */
export const TRIGGERS = ['MANUAL', 'SCHEDULE', 'BACKFILL', 'RETRY', 'RECALL'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What a run does with a user who already has an intervention for the record date. */
export const ON_EXISTING = ['SKIP', 'REGENERATE'] as const;
export type OnExisting = (typeof ON_EXISTING)[number];

/** Whom a run takes out of its parent: those with one of these outcomes and, where reasons are named, one of these reasons or codes. */
export interface RetrySelection {
  readonly outcomes: readonly OutcomeName[];
  /** Skip reasons and failure codes; absent for any. */
  readonly reasons?: readonly string[];
}

/**
 * What paused a run: `OPERATOR` waits for one; so do `FAILURE_RATE`, since too many users failed, and `FAULT`, since the database refuses the work itself;
 * `GENERATOR_UNAVAILABLE` ends by itself.
 */
export const PAUSE_CAUSES = ['OPERATOR', 'FAILURE_RATE', 'GENERATOR_UNAVAILABLE', 'FAULT'] as const;
export type PauseCause = (typeof PAUSE_CAUSES)[number];

/** What was asked for, complete: a run is reproducible from this and the records. */
export interface RunRequest {
  readonly program: ProgramName;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  readonly trigger: Trigger;
  readonly generator: GeneratorName;
  readonly language: 'ko' | 'en';
  /** Users a chunk holds, exactly, where it was asked for: 1 to 10,000. Absent: as configured, in steps of about one percent. */
  readonly chunkSize?: number;
  readonly dryRun: boolean;
  /** True for a dry run whose advice is compared with what is saved, of users who have advice as well. */
  readonly shadow?: boolean;
  readonly onExisting: OnExisting;
  /** Only these users, ascending, at most 10,000; absent for all users. */
  readonly userIds?: readonly number[];
  /** An operator's words, at most 500 characters. */
  readonly reason?: string;
  readonly scheduleId?: string;
  /** ISO time of the slot that asked for the run. */
  readonly slot?: string;
  readonly parentRunId?: string;
  /** Whom of `parentRunId` it covers, besides `userIds`. */
  readonly retry?: RetrySelection;
  /** The backfill that it belongs to. */
  readonly backfillId?: string;
  /** The recall whose rows of this program and date it replaces: the users that it covers are found when it is planned. */
  readonly recallId?: string;
  /** Why it goes without an active schedule, in an operator's words, at most 500 characters. */
  readonly withoutSchedule?: string;
  /** True when it is planned only after the earlier runs of its schedule have ended (overlap policy QUEUE, caught-up slots). */
  readonly waits?: boolean;
  /** ISO time by which the advice is to be there, where the schedule says one. */
  readonly readyBy?: string;
  /** How it asks a language model; absent of a run that asks none, and of earlier releases: by calls. */
  readonly mode?: AskMode;
}

/** A chunk's range and size: the users at the places `after` + 1 to `through` of the roster, `roster` of them. What a split makes is counted from 0 again. */
export interface PlannedChunk {
  readonly after: number;
  readonly through: number;
  readonly roster: number;
}

/** The roster as chunks, and what the run was expected to come to. Runs planned by earlier releases have no forecast. */
export interface RunPlan {
  readonly roster: number;
  readonly chunks: readonly PlannedChunk[];
  readonly forecast?: RunForecast;
}

/** What can happen to a run, on its own stream `run-<id>`. */
export type RunEvent =
  | { readonly type: 'RunRequested'; readonly data: RunRequest }
  | { readonly type: 'RunPlanned'; readonly data: RunPlan }
  | { readonly type: 'RunStarted'; readonly data: Record<string, never> }
  | { readonly type: 'RunPaused'; readonly data: { readonly cause: PauseCause; readonly reason: string } }
  | { readonly type: 'RunResumed'; readonly data: Record<string, never> }
  | { readonly type: 'RunCancelRequested'; readonly data: { readonly reason?: string } }
  | { readonly type: 'RunCancelled'; readonly data: Tally }
  | { readonly type: 'RunCompleted'; readonly data: Tally }
  | { readonly type: 'RunFailed'; readonly data: { readonly code: string } }
  | { readonly type: 'ChunkSplit'; readonly data: ChunkSplit };

/** Types of the events that end a run: nothing of it comes after one of them. */
export const RUN_ENDS: ReadonlySet<string> = new Set<RunEvent['type']>(['RunCompleted', 'RunCancelled', 'RunFailed']);

/** A chunk that killed its workers: the users it had left are divided among it and new chunks, whose numbers follow the last one's. */
export interface ChunkSplit {
  readonly chunk: number;
  /** What stays with it, users that have their outcome included. */
  readonly kept: PlannedChunk;
  /** New chunks in their order; the first has the number `first`. */
  readonly first: number;
  readonly parts: readonly PlannedChunk[];
}

/** What a writing of a chunk came to: the users whose outcomes stand before it on the chunk's stream, back to the last such event. */
export type ChunkReport = Tally & { readonly chunk: number; readonly fence: number; readonly durationMs: number };

/** What stands on a chunk's stream after outcomes: `ChunkProgressed` while there are users left, `ChunkCompleted` after the last. */
export type ChunkEvent =
  | { readonly type: 'ChunkProgressed'; readonly data: ChunkReport }
  | { readonly type: 'ChunkCompleted'; readonly data: ChunkReport }
  | ModelBatchEvent;
