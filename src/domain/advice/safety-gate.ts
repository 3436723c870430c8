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
  /** Summaries of the rules that were read: a handful serve everyone. */
  const known = new Set<string>();

  function ownTexts({ dietEvaluation, dietTarget: { Summary }, exerciseEvaluation }: DailyAdvice): readonly ViolationCode[] {
    const wrong = [ownTextViolations(dietEvaluation, language), ownTextViolations(exerciseEvaluation, language)];
    if (!known.has(Summary)) {
      wrong.push(ownTextViolations(Summary, language));
      if (wrong[2]?.length === 0 && known.size < MOST_KNOWN) known.add(Summary);
    }
    return wrong.every(({ length }) => length === 0) ? NOTHING : wrong.flat();
  }

  function writtenTexts(advice: DailyAdvice, inputs: PatientInputs): readonly ViolationCode[] {
    const { dietEvaluation, dietTarget, exerciseEvaluation } = advice;
    const wrong = [dietEvaluation, dietTarget.Summary, exerciseEvaluation].flatMap((text) => textViolations(text, language));
    // A text that is too long is not read any further.
    return wrong.includes('TEXT_TOO_LONG') ? wrong : [...wrong, ...writtenViolations(advice, inputs, language)];
  }

  function check(advice: DailyAdvice, inputs: PatientInputs, { book, dishes, written }: GateContext): readonly ViolationCode[] {
    const wrong = violationsOf(advice, inputs, dishes === undefined ? { book, catalogue } : { book, catalogue, dishes });
    const texts = written ? writtenTexts(advice, inputs) : ownTexts(advice);
    return texts.length === 0 ? wrong : [...new Set([...wrong, ...texts])];
  }

  return { check };
}

const NOTHING: readonly ViolationCode[] = [];
/** More summaries than the rules can write: a bound, in case something else writes them. */
const MOST_KNOWN = 1_000;
