import type { ReadWay } from '../domain/read-way.js';

/** What was seen of persons in one go. */
export interface Seen {
  /** A type of the schema, such as `Outcome`, or a field, such as `Run.userIds`. */
  readonly what: string;
  /** Fields of it that were asked for; empty where `what` is a field. */
  readonly fields: readonly string[];
  readonly userIds: readonly number[];
}

/** A run of which everybody was read, as an export does. */
export interface WholeRun {
  readonly runId: string;
  /** First day of the month that keys the run's events, `YYYY-MM-DD`. */
  readonly month: string;
  /** Users that it covers. */
  readonly users: number;
}

/** One caller's read of persons' data: named persons, or everybody of a run. */
export interface PersonRead {
  /** A UUID of version 7: reads lie by time. */
  readonly id: string;
  readonly at: Date;
  /** As the log names callers; of a command, `cli:` and the name of the operating system's user. */
  readonly caller: string;
  readonly via: ReadWay;
  readonly what: string;
  readonly fields: readonly string[];
  readonly userIds: readonly number[];
  readonly run: WholeRun | null;
}

/** Reads that were made and not recorded. */
export interface ReadGap {
  readonly id: string;
  readonly since: Date;
  readonly until: Date;
  readonly reads: number;
}
