import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { GeneratorName } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import type { Generated } from './advice.js';
import type { AskedLine, BatchAnswers, BatchRead, BatchSending, StoredBatch } from './batches.js';

/**
 * Whether a generator serves. ON_TRIAL: it failed, and one user may be tried; AWAY: it failed, and not even that. `reason` is for an operator and holds
 * no personal data.
 */
export type GeneratorStanding = { readonly status: 'SERVES' } | { readonly status: 'ON_TRIAL' | 'AWAY'; readonly reason: string };

/** Makes advice. Called outside any transaction; may take as long as a language model takes. */
export interface Generator {
  readonly name: GeneratorName;
  /** How many users of a chunk may be in work at once; 1 for a generator that only computes. */
  readonly concurrency: number;
  /** Users whose outcomes are written together at most: few where advice is dear, so that little is lost with a worker. Absent: a whole chunk. */
  readonly partUsers?: number;
  /** How it stands with a program now. Absent for one that always serves. */
  readonly standing?: (program: Program) => GeneratorStanding;
  /** Lets one that is away be tried now: an operator who knows more has resumed a run that waited for it. */
  readonly tryNow?: () => void;
  /** How it asks by batches; absent for one that cannot. */
  readonly batches?: ModelBatches;
  /** `runId` is whose budget pays. Rejects only for a bug, or when `signal` aborts. */
  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated;
}

/** Batches at the provider of a generator's model. Nothing is thrown for what the endpoint does, AWAY says that it did not answer. */
export interface ModelBatches {
  /** ms between two looks at a batch. */
  readonly pollMs: number;
  /** Vain searches after which an order counts as one that did not get there: they take longer than an order can be on its way. */
  readonly vainSearches: number;
  /** ms that the provider takes at most. */
  readonly windowMs: number;
  /** ms that a batch may take to be cancelled. */
  readonly cancelMs: number;
  /** Millionths of a US$ that a run may spend; undefined for no limit. */
  readonly budgetMicros: number | undefined;
  /** Whether questions of this program go to the model at all. */
  asks(program: Program): boolean;
  /** ms that so many users take by calls, about. */
  callsMs(users: number): number;
  questions(patients: readonly PatientInputs[]): readonly AskedLine[];
  /** `signal` cuts off what is on its way. */
  send(key: string, lines: readonly AskedLine[], signal: AbortSignal): Promise<BatchSending>;
  /** Looks for a batch by our key. CANNOT_LIST: the endpoint has no list. AWAY where a signal cut it off, too. */
  search(
    key: string,
    signal: AbortSignal,
    within: AbortSignal,
  ): Promise<{ readonly status: 'FOUND'; readonly providerId: string } | { readonly status: 'NONE' | 'CANNOT_LIST' | 'AWAY' }>;
  /**
   * AWAY where a signal cut it off, too; UNREADABLE where a batch has ended and its files are refused for good.
   * @param within ends the question how the batch stands; what one brought that has ended is read as long as a file may take
   */
  look(
    batch: StoredBatch,
    signal: AbortSignal,
    within: AbortSignal,
  ): Promise<{ readonly status: 'WAITS' | 'AWAY' | 'GONE' | 'FAILED' | 'UNREADABLE' } | ({ readonly status: 'ENDED' } & BatchRead)>;
  cancel(providerId: string): Promise<void>;
  /** Cancels what still runs under our key, and deletes its files. @returns what it cost, once that is known, and whether nothing is left to do */
  cleanUp(batch: StoredBatch): Promise<{ readonly spentMicros?: number; readonly isClean: boolean }>;
  /** The generator with a batch's answers: a user without an answer, or with one that does not fit any more, is asked about by a call, and the run is not paused for it. */
  answered(answers: BatchAnswers): Generator;
}
