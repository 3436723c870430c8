import type { LetGoMonth } from '../../domain/retention/retention.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { Program } from '../../domain/program.js';
import type { RetrySelection } from '../../domain/run/run-events.js';

/** A run and the month that keys its outcomes. */
export interface RunPlace {
  readonly runId: string;
  readonly month: LocalDate;
}

/** What runs of the past came to for users, straight from the log. Accounts that are closed by now are left out. */
export interface PastOutcomes {
  /** The month of a run's events as it was let go; undefined while the log has them. */
  letGo(month: LocalDate): Promise<LetGoMonth | undefined>;
  /** Ids of a run's users with such an outcome, ascending; of the users of `among` where it is given. Of any number: no list of them is kept anywhere but in the roster. */
  usersOf(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<number[]>;
  /** Whether there is one. */
  hasAny(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<boolean>;
  /**
   * Users that the last run for a record date that reached them skipped for a missing record, and who have their records now and no advice: those of
   * one run, the oldest that has some, ascending, at most `most`. Undefined where there are none.
   */
  lateComers(program: Program, recordDate: LocalDate, most: number): Promise<LateComers | undefined>;
}

/** What the foods of a record date were to a user whose advice was written. */
export interface LowDayNote {
  readonly userId: number;
  /** Whether the day was low in FODMAPs. */
  readonly isLow: boolean;
}

/** Days that were low in FODMAPs, by person, inside a transaction. The log can tell them anew. */
export interface LowDays {
  /** Says of each person what the day was, instead of what was said of that day before. */
  note(recordDate: string, notes: readonly LowDayNote[]): Promise<void>;
}

/** Users of one run whose records came late. */
export interface LateComers {
  readonly parentRunId: string;
  /** How often users of this run were offered again before. */
  readonly offers: number;
  readonly userIds: readonly number[];
}
