import type { LocalDate } from '../../domain/local-date.js';
import type { Tally } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { PlannedChunk } from '../../domain/run/run-events.js';
import type { Run } from '../../domain/run/run.js';

/** A run and the month that keys its streams. */
export interface StoredRun {
  readonly run: Run;
  readonly month: LocalDate;
}

/** Runs as the views hold them, inside a transaction. */
export interface RunStore {
  /** Locks the run until the transaction ends. */
  lock(runId: string): Promise<StoredRun | undefined>;
  save(stored: StoredRun): Promise<void>;
  /** Waits for other requests for the same program and date, then names a run of them that has not ended. */
  lockDate(program: ProgramName, date: string): Promise<string | undefined>;
  /** Whether an earlier run stands before it: one of its schedule that it waits for, or another's for the same program and date. */
  mustWait(runId: string): Promise<boolean>;
  /** Whether a run of the schedule has not ended. */
  hasActive(scheduleId: string): Promise<boolean>;
  /** Sums over the run's chunks. */
  tally(runId: string): Promise<Tally>;
  activeSchedules(): Promise<number>;
}

/** A claimed chunk: the right to write its outcomes until the lease ends or the fence rises. */
export interface ClaimedChunk {
  readonly runId: string;
  readonly month: LocalDate;
  readonly chunk: number;
  readonly fence: number;
  readonly userIds: readonly number[];
}

/** Claims, in PostgreSQL and by its clock. */
export interface ChunkStore {
  plan(runId: string, month: LocalDate, chunks: readonly { chunk: PlannedChunk; userIds: readonly number[] }[]): Promise<void>;
  /** Locks the claim until the transaction ends; false when another owner has it by now. */
  holdsFence(claim: ClaimedChunk): Promise<boolean>;
  finish(claim: ClaimedChunk, tally: Tally): Promise<void>;
  openChunks(runId: string): Promise<number>;
}

/** Keys that make a repeated request answer with the first one's run. */
export interface IdempotencyKeys {
  /** The run a key stands for, or undefined after taking the key for `runId`. Waits for a concurrent holder of the key. */
  take(entry: {
    actor: string;
    key: string;
    fingerprint: string;
    runId: string;
  }): Promise<{ runId: string; fingerprint: string } | undefined>;
}

/** Claims and run states outside a writing transaction. */
export interface LaneStore {
  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedChunk | undefined>;
  renew(claim: ClaimedChunk, leaseMs: number): Promise<boolean>;
  release(claim: ClaimedChunk): Promise<void>;
  find(runId: string): Promise<StoredRun | undefined>;
  /** Lanes of all processes that give signs of life; at least 1. */
  capacity(): Promise<number>;
  /** Runs that are not planned yet, oldest first. */
  requested(): Promise<readonly string[]>;
  /** Runs that are being worked on or could be, oldest first. */
  active(): Promise<readonly string[]>;
  /** Runs that have not ended and have nobody working on something that is due: not planned, or with a free chunk, or all chunks done. */
  stranded(): Promise<readonly string[]>;
}

/** Wakes workers. A lost ring costs time, never a run. */
export interface Bell {
  planRun(runId: string): Promise<void>;
  openLanes(runId: string, lanes: number): Promise<void>;
}

/** Wakes followers of a run. */
export interface Progress {
  changed(runId: string): void;
}
