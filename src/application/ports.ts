import type { RunId } from '../domain/ids.js';
import type { AskMode } from '../domain/run/ask-mode.js';
import type { FailurePause } from '../domain/run/failure-rate.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { Program, ProgramName } from '../domain/program.js';
import type { LaneRoom } from './chunk/lane-room.js';
import type { BackfillList, BackfillStore } from './ports/backfills.js';
import type { BatchStore, ClosingBatches } from './ports/batches.js';
import type { InterventionBatch, InterventionWriter, Records } from './ports/advice.js';
import type { Generator } from './ports/generators.js';
import type { ForecastFacts } from './ports/forecasts.js';
import type { EventLog } from './ports/log.js';
import type { LowDays, PastOutcomes } from './ports/outcomes.js';
import type { WorkQueue, ChunkStore, IdempotencyKeys, LaneStore, Progress, RunReader, RunStore } from './ports/runs.js';
import type { OfferedWords, RecalledAdvice, RecallList, RecallStore } from './ports/recalls.js';
import type { CandidateSeat, RolloutList, RolloutStore } from './ports/rollouts.js';
import type { ReviewList, ReviewStore, SampledAdvice } from './ports/reviews.js';
import type { IbsafeSchedule, ScheduleJobs, ScheduleStore, SlotLedger } from './ports/schedules.js';

export type * from './ports/advice.js';
export type * from './ports/batches.js';
export type { ModelFacts } from '../domain/run/forecast.js';
export type * from './ports/forecasts.js';
export type * from './ports/generators.js';
export type * from './ports/backfills.js';
export type * from './ports/log.js';
export type * from './ports/outcomes.js';
export type * from './ports/recalls.js';
export type * from './ports/rollouts.js';
export type * from './ports/reviews.js';
export type * from './ports/runs.js';
export type * from './ports/schedules.js';

/**
 * A fault, by what makes it go: PASSING goes by itself, SETUP when an operator has mended the database's rights or tables; OTHER may lie in what was worked on.
 * `code` is a SQLSTATE, a system's code or an error's name: never a text.
 */
export interface Fault {
  readonly kind: 'PASSING' | 'SETUP' | 'OTHER';
  readonly code: string;
}

/** What may fail beside the work: a look at a rollout, giving back a chunk, pausing a run that cannot go on. */
export type Setback = 'LOOK_AT_ROLLOUT' | 'GIVE_BACK' | 'PAUSE';

/** Everything that one transaction can touch. */
export interface Transaction {
  readonly log: EventLog;
  readonly runs: RunStore;
  readonly schedules: ScheduleStore;
  readonly slots: SlotLedger;
  readonly backfills: BackfillStore;
  readonly recalls: RecallStore;
  readonly rollouts: RolloutStore;
  readonly reviews: ReviewStore;
  readonly chunks: ChunkStore;
  readonly batches: BatchStore;
  readonly keys: IdempotencyKeys;
  readonly interventions: InterventionWriter;
  readonly lowDays: LowDays;
  /** The database's clock, which is the same for every process. */
  now(): Promise<Date>;
}

/** What every use case is given. */
export interface Deps {
  /** `attempt` counts from 1: PostgreSQL may ask for another, after a deadlock or a serialization failure. */
  readonly transaction: <T>(work: (tx: Transaction, attempt: number) => Promise<T>) => Promise<T>;
  /** Runs `work` while no other process runs anything of the same name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Runs `work` again, after growing and jittered waits, while what it throws is a passing fault of the database; `attempt` counts from 1. */
  readonly retrying: <T>(work: (attempt: number) => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** What kind of fault something thrown is. */
  readonly faultOf: (error: unknown) => Fault;
  /** Tells the operator of something beside the work that failed: it costs no advice, something else does it later, and no caller hears of it. */
  readonly onSetback: (what: Setback, error: unknown) => void;
  readonly records: Records;
  readonly forecasts: ForecastFacts;
  readonly newBatch: () => InterventionBatch;
  readonly lanes: LaneStore;
  readonly closingBatches: ClosingBatches;
  /** What the lanes of this process share. */
  readonly room: LaneRoom;
  readonly runs: RunReader;
  readonly backfills: BackfillList;
  readonly recalls: RecallList;
  readonly rollouts: RolloutList;
  /** What this process can try on a share of users. */
  readonly candidates: CandidateSeat;
  readonly recalled: RecalledAdvice;
  readonly reviews: ReviewList;
  readonly sampled: SampledAdvice;
  readonly words: OfferedWords;
  readonly outcomes: PastOutcomes;
  readonly queue: WorkQueue;
  readonly progress: Progress;
  readonly generators: ReadonlyMap<GeneratorName, Generator>;
  readonly programs: ReadonlyMap<ProgramName, Program>;
  readonly clock: () => Date;
  /** ms of a clock that cannot be set, for how long something took. */
  readonly elapsed: () => number;
  readonly newId: () => RunId;
  /** A random key, in which nothing else stands: not even when it was made. */
  readonly newKey: () => string;
  /** An id that is always the same for the same names: a slot's run, an imported schedule. */
  readonly idOf: (...names: readonly string[]) => RunId;
  readonly scheduleJobs: ScheduleJobs;
  /** IBSafe's own schedules, oldest first; undefined where its database has no such table. */
  readonly ibsafeSchedules: () => Promise<readonly IbsafeSchedule[] | undefined>;
  readonly settings: Settings;
}

/** What a request is decided by: the rules of this installation, its clock and its ids. */
export type Deciding = Pick<Deps, 'clock' | 'generators' | 'idOf' | 'newId' | 'programs' | 'settings'>;

/** What an order takes that others carry out: it is written, workers are called, and readers are told. */
export type Ordering = Pick<Deps, 'progress' | 'queue' | 'transaction'>;

/** How many lanes an order calls, and which runs wait until another has ended. */
export interface Calling {
  readonly lanes: Pick<LaneStore, 'capacity' | 'requested'>;
}

/** What parts of a chunk are written with. */
export type PartWriting = Pick<Deps, 'elapsed' | 'retrying' | 'settings' | 'transaction' | 'words'>;

/** What a claimed chunk is judged, generated for and written with. */
export type ChunkWorking = PartWriting &
  Pick<Deps, 'candidates' | 'clock' | 'generators' | 'newBatch' | 'onSetback' | 'programs' | 'records' | 'rollouts' | 'room'>;

/** What a generator that failed is tried with: users of a run that waits for it. */
export type Trying = ChunkWorking & Pick<Deps, 'lanes' | 'progress'>;

/** What a lane works with: it claims chunks, and the last one ends the run. Schedules, recalls, reviews and forecasts are out of its reach. */
export type LaneWorking = Deciding & Ordering & Trying & Pick<Deps, 'backfills' | 'faultOf' | 'newKey' | 'runs'>;

/** What a run is planned with: its users, and its forecast. */
export type Planning = Deciding &
  Ordering &
  Calling &
  Pick<Deps, 'backfills' | 'faultOf' | 'forecasts' | 'outcomes' | 'recalled' | 'recalls' | 'records' | 'runs'>;

/** Limits and defaults of runs. */
export interface Settings {
  readonly timeZone: string;
  readonly generator: GeneratorName;
  /** How a run asks a language model that does not say. */
  readonly mode: AskMode;
  readonly language: 'ko' | 'en';
  readonly chunkSize: number;
  /** Chunks that a small roster is cut into at least, so that a run is seen to move: 100 unless told otherwise. */
  readonly chunkSteps?: number;
  readonly leaseMs: number;
  readonly workerId: string;
  /** Owners that may vanish with a chunk before it is split. */
  readonly chunkTakeovers: number;
  readonly failurePause: FailurePause;
}
