import type { InterventionBatch, InterventionRow, NameList } from '../application/ports.js';
import { BinaryRows } from './binary-rows.js';

/**
 * Columns that are written, in the order in which `InterventionRows` encodes them: all of the table, those included that no program fills. A row that takes
 * another's place would otherwise keep what that one had there, an error's message for one.
 */
export const INTERVENTION_COLUMNS = [
  'id', 'user_id', 'gubun', 'record_date', 'target_date', 'diet_evaluation', 'diet_target', 'food_evaluation', 'input_fodmap_count',
  'sleep_evaluation', 'sleep_target', 'exercise_evaluation', 'exercise_target', 'processing_time', 'error_message', 'input_allergies', 'input_restrictions',
  'input_recent_3days', 'input_week_step', 'input_today_diet', 'input_today_sleep', 'input_use_rag', 'input_ollama_model', 'outputs', 'created_at',
  'updated_at',
] as const; // prettier-ignore

const free: BinaryRows[] = [];

/** Interventions of a chunk, encoded as they are added. */
export class InterventionRows implements InterventionBatch {
  readonly rows: BinaryRows = free.pop() ?? new BinaryRows();

  /** @param at when they are written, in ms since 1970 */
  constructor(private readonly at = Date.now()) {}

  get size(): number {
    return this.rows.count;
  }

  add(userId: number, row: InterventionRow): void {
    const { rows } = this;
    rows.begin(INTERVENTION_COLUMNS.length, textUnits(row));
    rows.int8(0); // set when the ids are known
    rows.int4(userId);
    rows.text(row.gubun);
    rows.date(row.recordDate);
    rows.date(row.targetDate);
    rows.text(row.dietEvaluation);
    this.dietTarget(row.dietTarget);
    rows.null(); // food_evaluation
    this.counts(row.inputFodmapCount);
    if (row.sleepEvaluation === null) rows.null();
    else rows.text(row.sleepEvaluation);
    this.number(row.sleepTarget);
    rows.text(row.exerciseEvaluation);
    if (row.exerciseTarget === null) rows.null();
    else rows.int4(row.exerciseTarget);
    rows.float8(row.processingTime);
    rows.null(); // error_message: a user who failed gets no row
    this.names(row.inputAllergies);
    this.names(row.inputRestrictions);
    this.names(row.inputRecent3days);
    if (row.inputWeekStep === null) rows.null();
    else rows.jsonb(`[${row.inputWeekStep.join(',')}]`);
    this.names(row.inputTodayDiet);
    this.number(row.inputTodaySleep);
    rows.bool(row.inputUseRag);
    rows.text(row.inputOllamaModel);
    if (row.outputs === null) rows.null();
    else rows.jsonb(row.outputs);
    rows.timestamptz(this.at);
    rows.timestamptz(this.at);
  }

  release(): void {
    this.rows.clear();
    free.push(this.rows);
  }

  private names(names: NameList | null): void {
    if (names === null) return this.rows.null();
    this.rows.jsonBegin();
    this.rows.jsonStrings(names);
    return this.rows.jsonEnd();
  }

  private dietTarget(target: InterventionRow['dietTarget']): void {
    const { rows } = this;
    if (target === null) return rows.null();
    rows.jsonBegin();
    rows.ascii('{"Breakfast":');
    rows.jsonStrings(target.Breakfast);
    rows.ascii(',"Lunch":');
    rows.jsonStrings(target.Lunch);
    rows.ascii(',"Dinner":');
    rows.jsonStrings(target.Dinner);
    rows.ascii(',"Summary":');
    rows.jsonText(target.Summary);
    rows.ascii('}');
    return rows.jsonEnd();
  }

  private counts(counts: InterventionRow['inputFodmapCount']): void {
    if (counts === null) this.rows.null();
    else this.rows.jsonb(countsText(counts));
  }

  private number(value: number | null): void {
    if (value === null) this.rows.null();
    else this.rows.float8(value);
  }
}

/** Keys are our own words, which need no escape; written by hand, since `JSON.stringify` took as long as the rest of the row. */
function countsText(counts: Readonly<Record<string, number>>): string {
  let text = '';
  for (const key in counts) text += `${text === '' ? '{' : ','}"${key}":${counts[key] ?? 0}`;
  return text === '' ? '{}' : `${text}}`;
}

/** Punctuation and keys of the JSON fields, with room to spare. */
const KEYS = 200;

function textUnits(row: InterventionRow): number {
  const { dietTarget: target } = row;
  let units = KEYS + row.gubun.length + row.dietEvaluation.length + row.exerciseEvaluation.length + row.inputOllamaModel.length;
  units += (row.sleepEvaluation?.length ?? 0) + (row.outputs?.length ?? 0) + (row.inputWeekStep?.length ?? 0) * 8;
  units +=
    listUnits(row.inputAllergies) + listUnits(row.inputRestrictions) + listUnits(row.inputRecent3days) + listUnits(row.inputTodayDiet);
  if (target === null) return units;
  return units + listUnits(target.Breakfast) + listUnits(target.Lunch) + listUnits(target.Dinner) + target.Summary.length;
}

function listUnits(names: NameList | null): number {
  if (names === null) return 0;
  let units = 2;
  for (const name of names) units += name.length + 3;
  return units;
}
