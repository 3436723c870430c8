import type { LocalDate } from '../../domain/local-date.js';
import type { AskMode } from '../../domain/run/ask-mode.js';
import type { GeneratorName, Tally } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { PlannedChunk, RunRequest } from '../../domain/run/run-events.js';
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
  /** Waits for other runs of a schedule that are being planned. To be asked for after a date's, by all. */
  lockSchedule(scheduleId: string): Promise<void>;
  /** Whether an earlier run, or one that has begun, stands before it: one of its schedule that it waits for, or another's for the same program and date. */
  mustWait(runId: string): Promise<boolean>;
  /** How many runs of the schedule have not ended. */
  openRuns(scheduleId: string): Promise<number>;
  /** Runs of the schedule that have not begun, the latest first. */
  queued(scheduleId: string): Promise<readonly string[]>;
  /** Sums over the run's chunks; with `since`, an ISO time, over those that were not complete by then. */
  tally(runId: string, since?: string): Promise<Tally>;
  activeSchedules(): Promise<number>;
}

/** A claimed chunk: the right to write its outcomes until the lease ends or the fence rises. */
export interface ClaimedChunk {
  readonly runId: string;
  readonly month: LocalDate;
  readonly chunk: number;
  readonly fence: number;
  /** Users without an outcome, ascending. */
  readonly userIds: readonly number[];
  /** Owners that vanished with this chunk since something of it was last written. */
  readonly takeovers: number;
  /** Whether it was split off a chunk that killed its workers. */
  readonly suspect: boolean;
  /** Whether the run was told to end: what is left of the chunk is cancelled. */
  readonly cancelled: boolean;
  /** Whether the run had begun when the chunk was claimed. */
  readonly started: boolean;
  readonly asked: AskedOfChunk;
}

/** What a run asked for, as far as work on its chunks depends on it. */
export interface AskedOfChunk extends Pick<RunRequest, 'program' | 'generator' | 'onExisting' | 'dryRun'> {
  readonly recordDate: LocalDate;
  readonly shadow: boolean;
  /** Whether it is a run of a recall. */
  readonly recalled: boolean;
  /** How it asks a language model. */
  readonly mode: AskMode;
}

/** A claim that still stands, locked until the transaction ends, and its run with it: no operator pauses or cancels it meanwhile. */
export interface HeldChunk {
  /** Events on the chunk's stream. */
  readonly version: number;
  /** Users without an outcome, ascending. */
  readonly userIds: readonly number[];
  readonly cancelled: boolean;
  readonly paused: boolean;
}

/** What a transaction wrote of a chunk. */
export interface ChunkAdvance {
  readonly tally: Tally;
  /** Version of the chunk's stream after it. */
  readonly version: number;
  /** Users that are left; none ends the chunk. */
  readonly remaining: readonly number[];
}

/** A chunk and its users. */
export interface RosterChunk {
  readonly chunk: PlannedChunk;
  readonly userIds: readonly number[];
}

/** Claims, in PostgreSQL and by its clock. */
export interface ChunkStore {
  /** `first` is the number of the first one; `suspect` marks what a split made. */
  plan(runId: string, month: LocalDate, chunks: readonly RosterChunk[], as?: { first: number; suspect: boolean }): Promise<void>;
  /** Locks the claim until the transaction ends; undefined when another owner has it by now, or it is done. */
  hold(claim: ClaimedChunk): Promise<HeldChunk | undefined>;
  advance(claim: ClaimedChunk, advance: ChunkAdvance): Promise<void>;
  /** How many users a chunk was planned with. */
  rosterOf(claim: ClaimedChunk): Promise<number>;
  /** Leaves a chunk with fewer users after a split, free for the next lane. */
  shrink(claim: ClaimedChunk, to: RosterChunk): Promise<void>;
  /** Marks a chunk that is to be worked on alone, and leaves it free for the next lane. */
  suspect(claim: ClaimedChunk): Promise<void>;
  openChunks(runId: string): Promise<number>;
  /** Notes that something else than outcomes stands on its stream. */
  noted(claim: ClaimedChunk, version: number): Promise<void>;
}

/** An order under a key. */
export interface KeyedOrder {
  readonly actor: string;
  readonly key: string;
  /** In one form, so that the same order is the same text. It may name users. */
  readonly order: string;
  readonly runId: string;
}

/** Keys that make a repeated request answer with the first one's run. */
export interface IdempotencyKeys {
  /**
   * The run a key stands for and whether it was made by the same order, or undefined after taking the key for `runId`. Waits for a concurrent holder of the key. What the order says
   * is kept as a hash, and not beyond an erasure: a key of before that is answered as if the order were the same.
   */
  take(entry: KeyedOrder): Promise<{ readonly runId: string; readonly isSame: boolean } | undefined>;
}

/** What a run waits for: its plan; a lane for a free chunk; a lane to record the rest as cancelled; its end, with every chunk done. */
export interface DueRun {
  readonly runId: string;
  readonly needs: 'PLAN' | 'LANES' | 'CANCELLING' | 'END';
}

/** Claims and run states outside a writing transaction. */
export interface LaneStore {
  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedChunk | undefined>;
  /**
   * A chunk to try a failed generator with, of a run that goes on or waits for it. Undefined while a lane works on the run, and where only chunks are
   * left that may have killed their workers.
   */
  claimForTrial(runId: string, owner: string, leaseMs: number): Promise<ClaimedChunk | undefined>;
  /** Whether a lane holds a chunk of the run. */
  isWorkedOn(runId: string): Promise<boolean>;
  renew(claim: ClaimedChunk, leaseMs: number): Promise<boolean>;
  /** Gives a claim back. `blamed` counts this as an owner that vanished with it. */
  release(claim: ClaimedChunk, how?: { readonly blamed: boolean }): Promise<void>;
  /** Gives a claim back, and lets no lane claim the chunk for so many ms: it waits for a batch. */
  wait(claim: ClaimedChunk, ms: number): Promise<void>;
  /** Lanes of all processes that give signs of life; at least 1. */
  capacity(): Promise<number>;
  /** Runs that are not planned yet, oldest first. */
  requested(): Promise<readonly string[]>;
  /** Runs that wait for their generator to serve again and may be tried now, oldest first: the oftener one was paused for it, the later. */
  waitingForGenerator(): Promise<readonly StoredRun[]>;
  /** How often a run was paused since its generator served no user. */
  pausesForGenerator(runId: string): Promise<number>;
  /** Runs that are being worked on or could be, oldest first. */
  active(): Promise<readonly string[]>;
  /** What a worker with these generators and programs could do now for runs, oldest first. */
  due(able: { readonly generators: readonly GeneratorName[]; readonly programs: readonly ProgramName[] }): Promise<readonly DueRun[]>;
}

/** Runs as they stand, read without a lock. */
export interface RunReader {
  find(runId: string): Promise<StoredRun | undefined>;
}

/** Wakes workers. A job that is lost costs time, never a run. */
export interface WorkQueue {
  enqueuePlan(runId: string): Promise<void>;
  enqueueLanes(runId: string, lanes: number): Promise<void>;
}

/** Wakes the followers of a topic: a run's id, or the word for all schedules. */
export interface Progress {
  notify(topic: string): void;
}
