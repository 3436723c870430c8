import type { Backfill } from '../../domain/backfill/backfill.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { ProgramName } from '../../domain/program.js';

/** Backfills as the views hold them, inside a transaction. */
export interface BackfillStore {
  /** Locks the backfill until the transaction ends: two processes that advance it start one run. */
  lock(backfillId: string): Promise<Backfill | undefined>;
  /** Writes the backfill and those of its dates that are others than `before`. */
  save(backfill: Backfill, before: Backfill | undefined): Promise<void>;
  /** Its runs that have not ended; `told` says that they were told to. */
  activeRuns(backfillId: string): Promise<readonly { readonly runId: string; readonly told: boolean }[]>;
  /** Those of `dates` that no active run of the program stands in the way of, in their order. */
  freeDates(program: ProgramName, dates: readonly LocalDate[]): Promise<readonly LocalDate[]>;
}

/** Backfills outside a transaction. */
export interface BackfillList {
  /** Backfills with something left to do, oldest first: those that run, and cancelled ones with a run that was not told to end. */
  unsettled(): Promise<readonly string[]>;
}
