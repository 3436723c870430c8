import { violationsOf, type DishCounts } from './advice-violations.js';
import type { Catalogue } from './catalogue.js';
import type { DailyAdvice } from './daily-advice.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { ownTextViolations, textViolations } from './text-violations.js';
import type { AdviceLanguage } from './texts.js';
import type { ViolationCode } from './violation-codes.js';
import { writtenViolations } from './written-advice.js';

/** What the gate must know of an advice beside its user. */
export interface GateContext {
  readonly book: FoodBook;
  /** Dishes that each meal must hold; absent for advice that keeps to the plan of the rules. */
  readonly dishes?: DishCounts;
  /** True for texts that a model wrote; false for those made of our own sentences, whose words the tests have read already. */
  readonly written: boolean;
}

/** Stands between every generator and the database: what does not pass is not saved. */
export interface SafetyGate {
  /** Codes of what is wrong with a day's advice, each once; empty when it may be saved. Pure and deterministic. */
  check(advice: DailyAdvice, inputs: PatientInputs, context: GateContext): readonly ViolationCode[];
}

/** A gate over a catalogue, which the advice's `dietFoods` refer to. One serves all users of a process. */
export function createSafetyGate(catalogue: Catalogue, language: AdviceLanguage): SafetyGate {
  function check(advice: DailyAdvice, inputs: PatientInputs, { book, dishes, written }: GateContext): readonly ViolationCode[] {
    const wrong = violationsOf(advice, inputs, dishes === undefined ? { book, catalogue } : { book, catalogue, dishes });
    const { dietEvaluation, dietTarget, exerciseEvaluation } = advice;
    let found: ViolationCode[] | undefined;
    for (const text of [dietEvaluation, dietTarget.Summary, exerciseEvaluation]) {
      const codes = written ? textViolations(text, language) : ownTextViolations(text, language);
      if (codes.length > 0) (found ??= []).push(...codes);
    }
    // A text that is too long is not read any further.
    if (written && found?.includes('TEXT_TOO_LONG') !== true) (found ??= []).push(...writtenViolations(advice, inputs, language));
    return found === undefined ? wrong : [...new Set([...wrong, ...found])];
  }

  return { check };
}
