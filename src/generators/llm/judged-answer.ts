import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import type { DailyAdvice } from '../../domain/advice/daily-advice.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Tongue } from '../../domain/advice/points/tell.js';
import type { SafetyGate } from '../../domain/advice/safety-gate.js';
import type { ViolationCode } from '../../domain/advice/violation-codes.js';
import { readAnswer } from './answer.js';
import type { DailyPrompt, DailyPrompts } from './daily-prompt.js';
import { faultLines } from './faults.js';
import type { Prompt } from './prompt-file.js';
import { proposalOf } from './proposal.js';

/** What answers are judged with, the same for every patient. */
export interface JudgeParts {
  readonly gate: SafetyGate;
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly prompts: Pick<DailyPrompts, 'points'>;
  readonly prompt: Pick<Prompt, 'ruleOf'>;
}

/** Whose answer it is, and what was asked. */
export interface Asked {
  readonly inputs: PatientInputs;
  readonly book: FoodBook;
  readonly prompt: DailyPrompt;
}

/** An answer of which the gate made advice; or the codes of why it did not, and in words what a repair says of each. */
export type Judged = { readonly advice: DailyAdvice } | { readonly violations: readonly ViolationCode[]; readonly faults: string };

/** Reads a model's words, and lets the gate make advice of them. */
export function judgedAnswer(text: string, { inputs, book, prompt }: Asked, parts: JudgeParts): Judged {
  const { gate, catalogue, tongue, prompts } = parts;
  const answer = readAnswer(text);
  const meaning = { prompt, points: prompts.points, catalogue, tongue };
  const passed: DailyAdvice | { violations: readonly ViolationCode[] } =
    'wrong' in answer
      ? { violations: ['MALFORMED_ANSWER'] }
      : gate.pass(proposalOf(answer, meaning), inputs, { book, dishes: prompt.offer.dishes });
  if (!('violations' in passed)) return { advice: passed };
  const { violations } = passed;
  return { violations, faults: faultLines(answer, violations, { prompt, catalogue, ruleOf: parts.prompt.ruleOf }) };
}
