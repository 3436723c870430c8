import type { BatchEnd } from '../../domain/run/ask-mode.js';
import type { ClaimedChunk } from './runs.js';

/** One patient's question in a batch. */
export interface BatchLine {
  /** Random: neither a user nor a run can be found from it. */
  readonly customId: string;
  readonly userId: number;
  /** What was asked was made from. Answers to other inputs mean something else. */
  readonly inputsHash: string;
  /** Bytes of text that were sent: what is believed of the answer's figures depends on it. */
  readonly sentBytes: number;
  /** The most that it can cost, in millionths of a US$. */
  readonly reservedMicros: number;
  /** Whether it told the model no limit for its answer, since the endpoint takes none. */
  readonly isUnlimited?: true;
}

/** A line with its text, as it goes to the provider. */
export interface AskedLine extends BatchLine {
  readonly text: string;
}

/** A batch as we know it. */
export interface StoredBatch {
  readonly key: string;
  readonly state: 'PREPARED' | 'SENT' | 'CLOSING' | 'CLOSED';
  readonly ended: BatchEnd | null;
  readonly providerId: string | null;
  readonly lines: readonly BatchLine[];
  readonly reservedMicros: number;
  /** What it cost; null while that is not known. */
  readonly spentMicros: number | null;
  /** How often it was sought at the provider, in vain. */
  readonly searches: number;
  /** When the provider was first asked to end it; null where it was not. */
  readonly cancelAskedAt: Date | null;
  readonly waitUntil: Date;
}

/** Answers of a batch, for the generator that reads them. */
export type BatchAnswers = ReadonlyMap<number, { readonly inputsHash: string }>;

/** What a batch came to, by what the provider says of it. */
export interface BatchRead {
  readonly answers: BatchAnswers;
  readonly answered: number;
  readonly unanswered: number;
  readonly costMicros: number;
  /** Whether every line had its turn. */
  readonly isWhole: boolean;
}

/** How sending ended. UNKNOWN: the order may have arrived; NOT_SENT: it did not; REFUSED: the endpoint takes none. */
export type BatchSending =
  { readonly status: 'SENT'; readonly providerId: string } | { readonly status: 'UNKNOWN' | 'NOT_SENT' | 'REFUSED' };

/** What is made when a batch is prepared. */
export interface NewBatch {
  readonly key: string;
  readonly claim: ClaimedChunk;
  readonly lines: readonly BatchLine[];
  readonly reservedMicros: number;
  readonly waitUntil: Date;
}

/** Our own knowledge of batches, inside a transaction. */
export interface BatchStore {
  /** Batches of a chunk, oldest first. */
  ofChunk(claim: Pick<ClaimedChunk, 'runId' | 'chunk'>): Promise<readonly StoredBatch[]>;
  /** Sets money aside. @returns false where the run's budget does not hold so much any more */
  reserve(runId: string, micros: number, budgetMicros: number): Promise<boolean>;
  /** What is left of a run's budget. */
  left(runId: string, budgetMicros: number): Promise<number>;
  prepare(batch: NewBatch): Promise<void>;
  /** Notes under which id the provider has it. @returns false where it is known under another, or is done with */
  sent(key: string, providerId: string): Promise<boolean>;
  /** It is at the provider although it was given up: it is to be cleaned up, once more if need be. */
  strayed(key: string, providerId: string): Promise<void>;
  searched(key: string): Promise<void>;
  /** Notes that the provider is asked to end it. A second time changes nothing. */
  cancelAsked(key: string): Promise<void>;
  /** Notes how it ended and, where that is known, what it cost: in place of what was set aside. A second time changes nothing. @returns whether this was the first */
  ended(key: string, end: { readonly end: BatchEnd; readonly spentMicros: number | null }): Promise<boolean>;
  /** Leaves it to be cleaned up, after so many ms: its answers are not needed any more. */
  close(key: string, afterMs: number): Promise<void>;
  /** The same for batches whose chunks are all done. */
  closeDone(runId: string): Promise<void>;
  /** New chunks have some of a chunk's users: its batches are theirs too. */
  share(claim: Pick<ClaimedChunk, 'runId' | 'chunk'>, first: number, chunks: number): Promise<void>;
}

/** Batches that are to be cleaned up, each in a statement of its own. */
export interface ClosingBatches {
  /** Takes some that are due, and leaves them alone for so many ms. */
  take(most: number, ms: number): Promise<readonly StoredBatch[]>;
  /** It is known now what it cost: instead of what was set aside, or of nothing where it was taken for not sent. */
  settled(key: string, spentMicros: number): Promise<void>;
  /** It left nothing at the provider. */
  closed(key: string): Promise<void>;
}
