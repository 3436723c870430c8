import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Standing } from '../../domain/eligibility.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { FailureCode, GeneratorName, ReplacedText, Trace } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import type { ModelBatches } from './batches.js';
import type { ComparableIntervention } from '../../domain/programs/intervention-difference.js';
import type { InterventionRow } from '../../domain/programs/intervention-row.js';

export type { InterventionRow, JsonText, NameList } from '../../domain/programs/intervention-row.js';

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
  /** One result per row, in the order they were added. `replace` overwrites advice of the same user, date and gubun; a row that is none is always overwritten. */
  write(batch: InterventionBatch, replace: boolean): Promise<readonly Written[]>;
  /** What stands where advice is about to be written over, by user, as the log keeps it; who has no row is absent. */
  standing(userIds: readonly number[], recordDate: LocalDate, gubun: string): Promise<ReadonlyMap<number, ReplacedText>>;
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
  /** Saved advice of a program by user; who has none is absent. */
  saved(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<ReadonlyMap<number, ComparableIntervention>>;
}

/** Advice for one user, or the code of why there is none. */
export type Generated =
  | {
      readonly status: 'generated';
      readonly row: InterventionRow;
      readonly attempts: number;
      readonly durationMs: number;
      /** The generator that was asked for, where another one wrote the row: `generator` then names that one. */
      readonly fallbackOf?: GeneratorName;
      readonly generator?: GeneratorName;
      readonly trace?: Trace;
    }
  | {
      readonly status: 'failed';
      readonly code: FailureCode;
      readonly retryable: boolean;
      readonly attempts: number;
      readonly trace?: Trace;
    }
  /** The generator serves no user now: the user has no outcome yet, and the run waits. `reason` is for an operator and holds no personal data. */
  | { readonly status: 'unavailable'; readonly reason: string };

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
