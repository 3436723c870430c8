import type { AdviceFailure } from '../advice/daily-advice.js';
import type { Catalogue } from '../advice/catalogue/catalogue.js';
import type { FoodBook, PatientInputs } from '../advice/patient-inputs.js';
import type { SafetyGate } from '../advice/safety-gate.js';
import type { Tongue } from '../advice/points/tell.js';
import type { LocalDate } from '../local-date.js';
import type { ViolationCode } from '../advice/violation-codes.js';
import type { InterventionRow } from './intervention-row.js';

/** What the rules of a program may draw on; each takes what it needs. */
export interface RulesContext {
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly gate: SafetyGate;
  /** The foods as they are known now. */
  readonly book: () => FoodBook;
}

/** The rules of a program: the same inputs give the same row. */
export interface ProgramRules {
  /** Names what the rules were; raised when a rule changes what users get. */
  readonly version: string;
  /** Throws only for a bug: inputs that no record can hold are an `AdviceFailure`, and a row that did not pass the gate is `UnsafeAdvice`. */
  advise(inputs: PatientInputs): InterventionRow | AdviceFailure | UnsafeAdvice;
}

/** Advice that must not be saved, by what is wrong with it. */
export interface UnsafeAdvice {
  readonly unsafe: readonly ViolationCode[];
}

/** What the rules of a program know of it. */
export interface RuledProgram {
  readonly name: string;
  /** IBSafe's word for it in `ibsafe_interventionrecord.gubun`. */
  readonly gubun: string;
  readonly targetDate: (recordDate: LocalDate) => LocalDate;
}

/** Makes the rules of `program`, which is the one that names this function: once a process. */
export type MakeRules = (context: RulesContext, program: RuledProgram) => ProgramRules;
