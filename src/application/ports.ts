import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import type { Standing } from '../domain/eligibility.js';
import type { RunId } from '../domain/ids.js';
import type { LocalDate } from '../domain/local-date.js';
import type { FailureCode, GeneratorName, Tally } from '../domain/outcome.js';
import type { Program, ProgramName } from '../domain/program.js';
import type { PlannedChunk } from '../domain/run/run-events.js';
import type { Run } from '../domain/run/run.js';
import type { Schedule } from '../domain/schedule/schedule.js';

/** An event before it is in the log. `userId` marks an outcome: the log takes one per user and run. */
export interface NewEvent {
  readonly type: string;
  readonly data: object;
  readonly userId?: number;
}

/** Where events go, and the precondition of the append. */
export interface AppendTarget {
  readonly stream: string;
  /** Version the stream must have; 0 for a new one. */
  readonly expectedVersion: number;
  /** First day of the month that keys the stream: a run's own month for all its streams. */
  readonly month: LocalDate;
  readonly runId?: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** What the log says of an append. */
export interface Appended {
  readonly lastVersion: number;
  /** ISO time, the same for every event of a transaction. */
  readonly recordedAt: string;
  readonly cursor: Cursor;
}

/** A place in the whole log. Compare with `compareCursors`; `position` alone does not order the log. */
export interface Cursor {
  /** Transaction that appended, as decimal text (64 bits). */
  readonly xid: string;
  readonly position: string;
}

/** An event out of the log. */
export interface RecordedEvent {
  readonly cursor: Cursor;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly runId: string | null;
  readonly userId: number | null;
  readonly data: unknown;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly recordedAt: string;
}

/** Which events a reader wants. */
export interface LogFilter {
  readonly run?: { readonly runId: string; readonly month: LocalDate };
  /** Leaves outcome events out: what remains of a run is one event per chunk and a few of its own. */
  readonly withoutOutcomes?: boolean;
}

/** A page of the log. `cursor` is where to go on, also when nothing matched. */
export interface LogPage {
  readonly events: readonly RecordedEvent[];
  readonly cursor: Cursor;
  /** True when the end of what is readable was reached. */
  readonly atEnd: boolean;
}

/** The append-only log. Reads never show an event before all that come before it in cursor order. */
export interface EventLog {
  /** @throws VersionConflict, DuplicateOutcome, InvalidEvent */
  append(target: AppendTarget, events: readonly NewEvent[]): Promise<Appended>;
  /** Events of one stream from a version on, in order. */
  readStream(month: LocalDate, stream: string, fromVersion: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** Events after a cursor in cursor order, gap-safe. */
  readAfter(after: Cursor, limit: number, filter?: LogFilter): Promise<LogPage>;
  /** The place after everything that can be read now. */
  head(): Promise<Cursor>;
}

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

/** Schedules as the view holds them, inside a transaction. */
export interface ScheduleStore {
  /** Locks the schedule until the transaction ends. */
  lock(scheduleId: string): Promise<Schedule | undefined>;
  save(schedule: Schedule): Promise<void>;
  /** Whether there ever was one, deleted ones included. */
  everWas(): Promise<boolean>;
  /** Schedules that are not deleted, oldest first. */
  all(): Promise<readonly Schedule[]>;
}

/** A slot's entry in the ledger. */
export interface SlotEntry {
  readonly scheduleId: string;
  readonly slot: Date;
  /** Last slot of a range that was skipped for one reason; absent for a single slot. */
  readonly through?: Date;
  /** How many slots a range holds; null when they were too many to count. */
  readonly count?: number | null;
  readonly reason?: string;
  readonly runId?: string;
  readonly misfire: boolean;
}

/** The slot ledger: takes each slot of a schedule once. */
export interface SlotLedger {
  record(entries: readonly SlotEntry[]): Promise<void>;
}

/** A schedule's recurring job as the job store holds it. */
export interface ScheduleJob {
  readonly jobId: string;
  readonly scheduleId: string;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  /** When it rings next; null for a job that has died. */
  readonly nextRunAt: Date | null;
  readonly enabled: boolean;
}

/** The recurring jobs: a bell per active schedule. */
export interface ScheduleJobs {
  list(): Promise<readonly ScheduleJob[]>;
  /** Makes or mends a job; `jobId` names the one to mend. */
  put(job: Omit<ScheduleJob, 'jobId'> & { readonly jobId?: string }): Promise<void>;
  remove(jobIds: readonly string[]): Promise<void>;
}

/** A row of IBSafe's own `ibsafe_batchschedule`. */
export interface IbsafeSchedule {
  readonly id: number;
  readonly name: string;
  readonly frequency: string;
  readonly hour: number;
  readonly minute: number;
  readonly active: boolean;
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

/** A JSON text, made once where the value is known: a run writes a hundred thousand of them. */
export type JsonText = string;

/** Columns of `ibsafe_interventionrecord` that a program fills. */
export interface InterventionRow {
  readonly gubun: string;
  readonly recordDate: LocalDate;
  readonly targetDate: LocalDate;
  readonly dietEvaluation: string;
  readonly dietTarget: JsonText | null;
  readonly inputFodmapCount: JsonText | null;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  /** Seconds. */
  readonly processingTime: number;
  readonly inputAllergies: JsonText | null;
  readonly inputRestrictions: JsonText | null;
  readonly inputRecent3days: JsonText | null;
  readonly inputWeekStep: JsonText | null;
  readonly inputTodayDiet: JsonText | null;
  readonly inputTodaySleep: number | null;
  readonly inputUseRag: boolean;
  readonly inputOllamaModel: string;
  readonly outputs: JsonText | null;
}

/** What became of one row. */
export type Written =
  { readonly status: 'written'; readonly interventionId: number } | { readonly status: 'exists' } | { readonly status: 'unwritable' };

/** Interventions of a chunk, ready to be written. Rows are encoded as they are added, so that none waits as an object for the others. */
export interface InterventionBatch {
  readonly size: number;
  add(userId: number, row: InterventionRow): void;
  /** Gives its memory back. Must be called, once, and nothing after it. */
  release(): void;
}

/** Writes IBSafe's interventions, inside a transaction. */
export interface InterventionWriter {
  /** One result per row, in the order they were added. `replace` overwrites a row of the same user, date and gubun. */
  write(batch: InterventionBatch, replace: boolean): Promise<readonly Written[]>;
}

/** Everything that one transaction can touch. */
export interface Transaction {
  readonly log: EventLog;
  readonly runs: RunStore;
  readonly schedules: ScheduleStore;
  readonly slots: SlotLedger;
  readonly chunks: ChunkStore;
  readonly keys: IdempotencyKeys;
  readonly interventions: InterventionWriter;
  /** The database's clock, which is the same for every process. */
  now(): Promise<Date>;
}

/** One user of a chunk with what the advice is made from. */
export interface Patient {
  readonly standing: Standing;
  readonly inputs: PatientInputs;
}

/** IBSafe's records, read outside transactions. */
export interface Records {
  /** Ids of active, non-staff users in ascending order; of `among` only when given. */
  roster(among?: readonly number[]): Promise<number[]>;
  /** Every user of a chunk, in the order of `userIds`, in one query. */
  patients(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<readonly Patient[]>;
}

/** Advice for one user, or the code of why there is none. */
export type Generated =
  | {
      readonly status: 'generated';
      readonly row: InterventionRow;
      readonly attempts: number;
      readonly durationMs: number;
      readonly fallbackOf?: GeneratorName;
    }
  | { readonly status: 'failed'; readonly code: FailureCode; readonly retryable: boolean; readonly attempts: number };

/** Makes advice. Called outside any transaction; may take as long as a language model takes. */
export interface Generator {
  readonly name: GeneratorName;
  /** How many users may be in work at once; 1 for a generator that only computes. */
  readonly concurrency: number;
  generate(inputs: PatientInputs, program: Program, signal: AbortSignal): Promise<Generated> | Generated;
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

/** What every use case is given. */
export interface Deps {
  readonly transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Runs `work` while no other process runs anything of the same name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  readonly records: Records;
  readonly newBatch: () => InterventionBatch;
  readonly lanes: LaneStore;
  readonly bell: Bell;
  readonly progress: Progress;
  readonly generators: ReadonlyMap<GeneratorName, Generator>;
  readonly programs: ReadonlyMap<ProgramName, Program>;
  readonly clock: () => Date;
  readonly newId: () => RunId;
  /** An id that is always the same for the same names: a slot's run, an imported schedule. */
  readonly idOf: (...names: readonly string[]) => RunId;
  readonly scheduleJobs: ScheduleJobs;
  readonly ibsafeSchedules: () => Promise<readonly IbsafeSchedule[]>;
  readonly settings: Settings;
}

/** Limits and defaults of runs. */
export interface Settings {
  readonly timeZone: string;
  readonly generator: GeneratorName;
  readonly language: 'ko' | 'en';
  readonly chunkSize: number;
  readonly leaseMs: number;
  readonly workerId: string;
}
