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

/** A cache of memory: what batches gave back. */
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
    rows.word(row.gubun);
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
    this.steps(row.inputWeekStep);
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
    this.rows.jsonNames(names);
    return this.rows.jsonEnd();
  }

  private dietTarget(target: InterventionRow['dietTarget']): void {
    const { rows } = this;
    if (target === null) return rows.null();
    rows.jsonBegin();
    rows.ascii('{"Breakfast":');
    rows.jsonNames(target.Breakfast);
    rows.ascii(',"Lunch":');
    rows.jsonNames(target.Lunch);
    rows.ascii(',"Dinner":');
    rows.jsonNames(target.Dinner);
    rows.ascii(',"Summary":');
    rows.jsonText(target.Summary);
    rows.ascii('}');
    return rows.jsonEnd();
  }

  private steps(steps: InterventionRow['inputWeekStep']): void {
    const { rows } = this;
    if (steps === null) return rows.null();
    rows.jsonBegin();
    rows.ascii('[');
    for (let day = 0; day < steps.length; day += 1) {
      if (day > 0) rows.ascii(',');
      rows.digits(steps[day] as number);
    }
    rows.ascii(']');
    return rows.jsonEnd();
  }

  /** Keys are our own words, which need no escape; written by hand, since `JSON.stringify` took as long as the rest of the row. */
  private counts(counts: InterventionRow['inputFodmapCount']): void {
    const { rows } = this;
    if (counts === null) return rows.null();
    rows.jsonBegin();
    let before = '{"';
    for (const key in counts) {
      rows.ascii(before);
      rows.ascii(key);
      rows.ascii('":');
      rows.digits(counts[key] ?? 0);
      before = ',"';
    }
    rows.ascii(before === '{"' ? '{}' : '}');
    return rows.jsonEnd();
  }

  private number(value: number | null): void {
    if (value === null) this.rows.null();
    else this.rows.float8(value);
  }
}

/** Punctuation and keys of the JSON fields, and what else is not counted, with room to spare. */
const KEYS = 400;

/** How long the texts of a row are; lists of names make room for themselves. */
function textUnits(row: InterventionRow): number {
  const units = KEYS + row.gubun.length + row.dietEvaluation.length + row.exerciseEvaluation.length + row.inputOllamaModel.length;
  const evaluations = (row.sleepEvaluation?.length ?? 0) + (row.dietTarget?.Summary.length ?? 0);
  return units + evaluations + (row.outputs?.length ?? 0) + (row.inputWeekStep?.length ?? 0) * 8;
}
