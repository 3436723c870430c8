import type { Schedule } from '../../domain/schedule/schedule.js';

/** Schedules as the view holds them, inside a transaction. */
export interface ScheduleStore {
  /** Locks the schedule until the transaction ends. */
  lock(scheduleId: string): Promise<Schedule | undefined>;
  save(schedule: Schedule): Promise<void>;
  /** Gives a schedule that is about to be made the integer id that its row has in IBSafe's table. One that is taken stays where it is: the schedule gets an id of our own. */
  keepNumber(scheduleId: string, number: number): Promise<void>;
  /** The integer id of a schedule that was made. */
  numberOf(scheduleId: string): Promise<number>;
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

/** What a ledger holds after later slots were taken back. */
export interface LedgerRest {
  /** Entries that were taken back, and the runs of those among them that had fired. */
  readonly entries: number;
  readonly runIds: readonly string[];
  /** The first slot of what was taken back: it may lie before now. */
  readonly firstSlot: Date | null;
  readonly lastSlot: Date | null;
  readonly lastFired: { readonly slot: Date; readonly runId: string } | null;
}

/** The slot ledger: takes each slot of a schedule once. */
export interface SlotLedger {
  record(entries: readonly SlotEntry[], decidedAt: Date): Promise<void>;
  /** Takes back what was decided later than now, or speaks of a slot that is still to come, and all after it; a range with all of its slots. */
  takeBack(scheduleId: string, now: Date): Promise<LedgerRest>;
}

/** A schedule's recurring job as the job store holds it. */
export interface ScheduleJob {
  readonly jobId: string;
  readonly scheduleId: string;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  /** When it wakes the service next; null for a job that has died, or is disabled. */
  readonly nextRunAt: Date | null;
  readonly enabled: boolean;
}

/** The recurring jobs: a bell per schedule. */
export interface ScheduleJobs {
  list(): Promise<readonly ScheduleJob[]>;
  /** Makes or mends a job; `jobId` names the one to mend. */
  put(job: Omit<ScheduleJob, 'jobId'> & { readonly jobId?: string }): Promise<void>;
  remove(jobIds: readonly string[]): Promise<void>;
}

/** A row of IBSafe's own `ibsafe_batchschedule`. */
export interface IbsafeSchedule {
  /** In digits: it may be above what a number of JavaScript holds. */
  readonly id: string;
  readonly name: string;
  readonly frequency: string;
  readonly hour: number;
  readonly minute: number;
  readonly active: boolean;
}
