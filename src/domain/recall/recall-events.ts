import type { ProgramName } from '../program.js';
import type { RecallCause } from './recall-cause.js';

/** An order to recall something, complete. */
export interface RecallRequest {
  readonly cause: RecallCause;
  /** Whether it holds, or may hold, an allergen that it does not name: operators are alerted. */
  readonly allergen: boolean;
  /** Rows with a target date before it are not looked for, `YYYY-MM-DD`. */
  readonly since: string;
  /** An operator's words, at most 500 characters. */
  readonly reason?: string;
  /** The reviewer's mark that it was made with. */
  readonly markId?: string;
}

/** What becomes of rows: written anew, or left because their day is over, or because their account is closed. */
export interface RecallCounts {
  readonly replace: number;
  readonly past: number;
  readonly closed: number;
}

/** A run that replaces the rows of one program and record date. */
export interface RecallRun {
  readonly runId: string;
  readonly program: ProgramName;
  readonly recordDate: string;
  /** Rows when they were counted. */
  readonly rows: number;
}

/** What can happen to a recall, on its stream `recall-<id>`. */
export type RecallEvent =
  | { readonly type: 'RecallRequested'; readonly data: RecallRequest }
  | { readonly type: 'RecallListed'; readonly data: { readonly counts: RecallCounts; readonly runs: readonly RecallRun[] } }
  | { readonly type: 'RecallLifted'; readonly data: { readonly reason?: string } };
