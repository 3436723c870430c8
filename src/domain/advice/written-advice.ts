import { ALLERGEN_WORDS, AVOIDANCE_WORDS, EATEN_WORDS, HIGH_FODMAP_WORDS } from './allergen-words.js';
import type { DailyAdvice } from './daily-advice.js';
import { ALLERGENS, allergenBit, allergensToAvoid, type PatientInputs } from './patient-inputs.js';
import { MAX_STEP_GOAL } from './step-goal.js';
import type { AdviceLanguage } from './texts.js';
import type { TextViolation } from './violation-codes.js';

/**
 * What freely written texts get wrong beside `textViolations`: a sentence names a food with an allergen of the user, or tomorrow's dishes or walks are
 * told with one that is high in FODMAPs, and the sentence does not warn of it; a text speaks of more steps than the goal and the mean of the user's days,
 * which are all it has to speak of; it slips into another language. Texts made of our own sentences need this not.
 */
export function writtenViolations(advice: DailyAdvice, inputs: PatientInputs, language: AdviceLanguage): readonly TextViolation[] {
  const found: TextViolation[] = [];
  const { dietEvaluation, dietTarget, exerciseEvaluation } = advice;
  const avoid = allergensToAvoid(inputs.allergens);
  const most = Math.min(MAX_STEP_GOAL, Math.max(advice.exerciseTarget, meanOf(inputs.steps)));
  for (const text of [dietEvaluation, dietTarget.Summary, exerciseEvaluation]) {
    if (avoid !== 0 && names(patternOf(avoid), text, AVOIDANCE)) found.push('ALLERGEN_IN_TEXT');
    if (names(HIGH_FODMAP, text, text === dietEvaluation ? EATEN_OR_AVOIDED : AVOIDANCE)) found.push('HIGH_FODMAP_IN_TEXT');
    if (speaksOfMore(text, most)) found.push('FIGURE_IN_TEXT');
    if (language === 'ko' && mostlyLatin(text)) found.push('WRONG_LANGUAGE');
  }
  return found;
}

const AVOIDANCE = new RegExp(AVOIDANCE_WORDS, 'i');
/** What was eaten yesterday may well have been high in FODMAPs, and the evaluation is about that. */
const EATEN_OR_AVOIDED = new RegExp(`${EATEN_WORDS}|${AVOIDANCE_WORDS}`, 'i');
const HIGH_FODMAP = new RegExp(HIGH_FODMAP_WORDS, 'i');

/** Whether a sentence names such a food and does not say why it may. */
function names(foods: RegExp, text: string, excuse: RegExp): boolean {
  return foods.test(text) && text.split(/[.!?。\n]+/u).some((sentence) => foods.test(sentence) && !excuse.test(sentence));
}

/** By set of allergens, 64 at most; made when first met. */
const patterns = new Map<number, RegExp>();

function patternOf(avoid: number): RegExp {
  let pattern = patterns.get(avoid);
  if (pattern === undefined) {
    const words = ALLERGENS.filter((allergen) => (avoid & allergenBit(allergen)) !== 0).map((allergen) => ALLERGEN_WORDS[allergen]);
    pattern = new RegExp(words.join('|'), 'i');
    patterns.set(avoid, pattern);
  }
  return pattern;
}

/** Whether more than half of a Korean text's letters are Latin, apart from the words that Korean takes as they are. */
function mostlyLatin(text: string): boolean {
  const latin = (text.replace(/FODMAPs?|IBS/gi, '').match(/[a-z]/gi) ?? []).length;
  return latin > (text.match(/[가-힣]/gu) ?? []).length;
}

function meanOf(steps: readonly number[]): number {
  return steps.length === 0 ? 0 : Math.ceil(steps.reduce((sum, count) => sum + count, 0) / steps.length);
}

const STEP_FIGURES = /(\d[\d,.\s]*)(만|천)?\s*(?:보|걸음|steps?)/gi;

function speaksOfMore(text: string, most: number): boolean {
  for (const [, digits = '', unit] of text.matchAll(STEP_FIGURES)) {
    const figure = Number(digits.replace(/[^\d]/gu, '')) * (unit === '만' ? 10_000 : unit === '천' ? 1_000 : 1);
    if (!(figure <= most)) return true;
  }
  return false;
}
