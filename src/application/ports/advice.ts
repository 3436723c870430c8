import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Standing } from '../../domain/eligibility.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { FailureCode, GeneratorName, ReplacedText, Trace } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
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
  /** What stands where advice is about to be written over, by user, as the log keeps it; users without a row are absent. */
  standing(userIds: readonly number[], recordDate: LocalDate, gubun: string): Promise<ReadonlyMap<number, ReplacedText>>;
}

/** One user of a chunk with what the advice is made from. */
export interface Patient {
  readonly standing: Standing;
  readonly inputs: PatientInputs;
}

/** IBSafe's records, read outside transactions. */
export interface Records {
  /** Ids of active, non-staff users in ascending order; of `among` only when given. The log has a subject for each of them afterwards. */
  roster(among?: readonly number[]): Promise<number[]>;
  /** Those of some ids that the roster would have. Writes nothing: a look into the future asks it as well. */
  onRoster(userIds: readonly number[]): Promise<number[]>;
  /** Every user of a chunk, in the order of `userIds`, in one query. */
  patients(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<readonly Patient[]>;
  /** Saved advice of a program by user; users without advice are absent. */
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
