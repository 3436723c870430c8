import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import { foodViolations } from '../src/domain/advice/food-violations.js';
import type { FoodBook, PatientInputs } from '../src/domain/advice/patient-inputs.js';
import { stepGoalViolation } from '../src/domain/advice/step-goal-violation.js';
import { textViolations } from '../src/domain/advice/text-violations.js';
import type { AdviceLanguage } from '../src/domain/advice/language.js';
import type { InterventionRow } from '../src/domain/programs/intervention-row.js';

/** What a row is judged by. */
export interface Judgement {
  readonly book: FoodBook;
  readonly catalogue: Catalogue;
  readonly language: AdviceLanguage;
}

/**
 * What is wrong with a row as it would be saved, each code once. Judged from the names that the patient would read, not from what the generator
 * says that it chose: a generator whose own gate is blind is found out here.
 */
export function rowViolations(row: InterventionRow, inputs: PatientInputs, { book, catalogue, language }: Judgement): readonly string[] {
  const found = new Set<string>(foodViolations(offeredIn(row, catalogue), inputs, book, catalogue));
  const goal = stepGoalViolation(row.exerciseTarget ?? Number.NaN, inputs.steps);
  if (goal !== null) found.add(goal);
  for (const text of [row.dietEvaluation, row.exerciseEvaluation, row.dietTarget?.Summary ?? '']) {
    for (const code of textViolations(text, language)) found.add(code);
  }
  return [...found];
}

/** Catalogue indexes of the dishes, -1 for a name that is in no catalogue. */
export function offeredIn({ dietTarget }: InterventionRow, catalogue: Catalogue): number[] {
  if (dietTarget === null) return [];
  return [...dietTarget.Breakfast, ...dietTarget.Lunch, ...dietTarget.Dinner].map((name) => catalogue.indexOfName(name));
}
