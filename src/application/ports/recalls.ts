import type { LocalDate } from '../../domain/local-date.js';
import type { Program } from '../../domain/program.js';
import type { RecallCause } from '../../domain/recall/recall-cause.js';
import type { RecallMark } from '../../domain/recall/decide-recall.js';
import type { Recall } from '../../domain/recall/recall.js';
import type { StandingSignature } from '../../domain/signing/signature.js';
import type { SignableRow } from '../../domain/signing/signable-row.js';

/** Recalls as the views hold them, inside a transaction, and the lock between them and writers of advice. */
export interface RecallStore {
  /** For a writer of advice: no recall is made and nothing signed until the transaction ends. @returns the number of the state of recalls, and of signatures where advice is made of signed words alone, as it is by then */
  holdShared(counted: { readonly withSignatures: boolean }): Promise<number>;
  /** For a recall: waits until no advice is being written, and lets none be written until the transaction ends. */
  holdExclusive(): Promise<void>;
  lock(recallId: string): Promise<Recall | undefined>;
  save(recall: Recall): Promise<void>;
  /** The recall that was made with a mark. */
  ofMark(markId: string): Promise<Recall | undefined>;
  /** Those that were not lifted, oldest first. */
  going(): Promise<readonly { readonly recallId: string; readonly cause: RecallCause }[]>;
}

/** Recalls outside a transaction. */
export interface RecallList {
  find(recallId: string): Promise<Recall | undefined>;
  /** Recalls whose rows are not counted yet, oldest first. */
  unlisted(): Promise<readonly string[]>;
}

/** What the words of advice of this process are made of, and what may be recalled of it. */
export interface OfferedWords {
  /** Makes the words, and the generators with them, anew where something was recalled, given back, or signed where that counts, meanwhile. @returns the number of the state that they are of, at least */
  renew(): Promise<number>;
  /** Whether there is such a row. For a wording: one of a language. */
  knows(cause: RecallCause): boolean;
  /** All rows that can be signed, as this process shows them, by their ids. */
  readonly signable: ReadonlyMap<string, SignableRow>;
  /** Whether advice is made of what is signed alone. */
  readonly onlySigned: boolean;
  /** Whether a point warns: a patient for which it is true is in danger without it. */
  warns(point: string): boolean;
  /**
   * What programs could not do without, were this recalled as well: `daily DIET_EVALUATION`. Empty where advice can be made. Asked with the signatures that
   * stand, as the caller reads them under the lock of recalls: a process that writes no advice has renewed nothing.
   */
  lackingWithout(causes: readonly RecallCause[], signatures: readonly StandingSignature[]): readonly string[];
}

/** Rows of one kind, as they are counted: of a program, a record date and a target date, whose accounts are open or closed. */
export interface RecalledGroup {
  readonly program: Program;
  readonly recordDate: LocalDate;
  readonly targetDate: LocalDate;
  readonly isOpen: boolean;
  readonly rows: number;
}

/** A row that holds what is recalled. */
export interface RecalledRow {
  /** In digits. */
  readonly interventionId: string;
  readonly userId: number;
  readonly program: Program;
  readonly recordDate: LocalDate;
  readonly targetDate: LocalDate;
  readonly isOpen: boolean;
}

/** The same with what becomes of it. */
export interface MarkedRow extends RecalledRow {
  readonly mark: RecallMark;
}

/** Where a page of rows begins, and how long it is. */
export interface RecalledPage {
  /** The last row of the page before. */
  readonly after?: { readonly userId: number; readonly recordDate: string; readonly gubun: string };
  readonly first: number;
}

/** Finds saved advice by what it was made of. Users are gone through in pages, and no row is held. */
export interface RecalledAdvice {
  /** Counts rows with a target date from `since` on. */
  count(cause: RecallCause, since: LocalDate): Promise<readonly RecalledGroup[]>;
  rows(cause: RecallCause, since: LocalDate, page: RecalledPage): Promise<readonly RecalledRow[]>;
  /** Ids of users with an open account whose advice of a program and record date holds it, ascending. */
  users(cause: RecallCause, program: Program, recordDate: LocalDate): Promise<number[]>;
}
