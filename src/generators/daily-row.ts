import type { InterventionRow } from '../application/ports.js';
import type { DailyAdvice } from '../domain/advice/daily-advice.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit, type FoodBook, type PatientInputs } from '../domain/advice/patient-inputs.js';
import type { Program } from '../domain/program.js';

/** Where an advice comes from, as IBSafe's row tells it. */
export interface Provenance {
  /** `RULE` for the rule engine, else the model's name, at most 100 characters. */
  readonly model: string;
  /** Enough to make the same advice again. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Seconds, 0 when below a millisecond: the row is the same on every machine. */
  readonly processingTime: number;
}

/** The row of `ibsafe_interventionrecord` for a day's diet and exercise advice, as IBSafe's app reads it (IBSAFE.md, 2). */
export function dailyRow(advice: DailyAdvice, inputs: PatientInputs, context: { book: FoodBook; program: Program; provenance: Provenance }): InterventionRow {
  const { book, program, provenance } = context;
  return {
    gubun: program.gubun,
    recordDate: inputs.recordDate,
    targetDate: program.targetDate(inputs.recordDate),
    dietEvaluation: advice.dietEvaluation,
    dietTarget: advice.dietTarget,
    inputFodmapCount: advice.fodmapCount,
    sleepEvaluation: null,
    sleepTarget: null,
    exerciseEvaluation: advice.exerciseEvaluation,
    exerciseTarget: advice.exerciseTarget,
    processingTime: provenance.processingTime,
    inputAllergies: allergiesOf(inputs.allergens),
    inputRestrictions: (inputs.allergens & LACTOSE_INTOLERANCE_BIT) === 0 ? NONE : INTOLERANT,
    inputRecent3days: namesOf(inputs.recent, book),
    inputWeekStep: inputs.steps,
    inputTodayDiet: namesOf(inputs.today, book),
    inputTodaySleep: null,
    inputUseRag: false,
    inputOllamaModel: provenance.model,
    outputs: provenance.outputs,
  };
}

const NONE: readonly string[] = [];
const INTOLERANT: readonly string[] = ['lactose_intolerance'];
const allergyLists = new Map<number, readonly string[]>();

function allergiesOf(mask: number): readonly string[] {
  let list = allergyLists.get(mask);
  if (list === undefined) {
    list = ALLERGENS.filter((allergen) => (mask & allergenBit(allergen)) !== 0).map((allergen) => allergen.toLowerCase());
    allergyLists.set(mask, list); // 128 masks at most
  }
  return list;
}

function namesOf(ids: readonly number[], book: FoodBook): string[] {
  const names: string[] = [];
  for (const id of ids) {
    const name = book.get(id)?.name;
    if (name !== undefined && !names.includes(name)) names.push(name);
  }
  return names;
}
