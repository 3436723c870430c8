import type { DailyAdvice } from '../../advice/daily-advice.js';
import { isFirst, memoryFor } from '../../advice/eaten-food.js';
import type { FoodBook, PatientInputs } from '../../advice/patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT } from '../../advice/restrictions.js';
import type { LocalDate } from '../../local-date.js';
import type { RuledProgram } from '../program-rules.js';
import type { InterventionRow, NameList } from '../intervention-row.js';
import type { Provenance } from '../provenance.js';

/** What a row is made from beside the advice and its inputs. */
export interface RowContext {
  readonly book: FoodBook;
  readonly program: RuledProgram;
  readonly provenance: Provenance;
}

/** The row of `ibsafe_interventionrecord` for a day's diet and exercise advice, as IBSafe's app reads it (IBSAFE.md, 2). */
export function dailyRow(advice: DailyAdvice, inputs: PatientInputs, { book, program, provenance }: RowContext): InterventionRow {
  return {
    gubun: program.gubun,
    recordDate: inputs.recordDate,
    targetDate: targetDateOf(program, inputs.recordDate),
    dietEvaluation: advice.dietEvaluation,
    dietTarget: advice.dietTarget,
    inputFodmapCount: { ...advice.fodmapCount },
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

const NONE: NameList = [];
const INTOLERANT: NameList = ['lactose_intolerance'];

/** A cache of one: all users of a run have the same date. */
let lastTarget = { program: '', recordDate: '', targetDate: '' };

/** A chunk has one record date: its target date is worked out once. */
function targetDateOf(program: RuledProgram, recordDate: LocalDate): LocalDate {
  if (lastTarget.program !== program.name || lastTarget.recordDate !== recordDate) {
    lastTarget = { program: program.name, recordDate, targetDate: program.targetDate(recordDate) };
  }
  return lastTarget.targetDate as LocalDate;
}

/** IBSafe's words for its flags, in the order of `ALLERGENS`: what is milk here is lactose there. */
const FLAG_WORDS = ['gluten', 'lactose', 'nut', 'seafood', 'egg', 'soy'] as const;

/** A cache, by the bits of what a user must avoid. */
const allergyLists = new Map<number, NameList>();

function allergiesOf(mask: number): NameList {
  let list = allergyLists.get(mask);
  if (list === undefined) {
    list = FLAG_WORDS.filter((_, bit) => (mask & (1 << bit)) !== 0);
    allergyLists.set(mask, list); // 128 masks at most
  }
  return list;
}

/** Names of foods, each food once, in the order they were eaten. */
function namesOf(ids: readonly number[], book: FoodBook): NameList {
  const names: string[] = [];
  const memory = memoryFor(ids);
  for (let at = 0; at < ids.length; at += 1) {
    const name = isFirst(ids, at, memory) ? book.get(ids[at] as number)?.name : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}
