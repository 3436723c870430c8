import type { InterventionBatch, InterventionRow } from '../application/ports.js';
import { BinaryRows } from './binary-rows.js';

/** Columns that are written, in the order in which `InterventionRows` encodes them. */
export const INTERVENTION_COLUMNS = [
  'id', 'user_id', 'gubun', 'record_date', 'target_date', 'diet_evaluation', 'diet_target', 'input_fodmap_count', 'sleep_evaluation', 'sleep_target',
  'exercise_evaluation', 'exercise_target', 'processing_time', 'input_allergies', 'input_restrictions', 'input_recent_3days', 'input_week_step',
  'input_today_diet', 'input_today_sleep', 'input_use_rag', 'input_ollama_model', 'outputs', 'created_at', 'updated_at',
] as const; // prettier-ignore

const free: BinaryRows[] = [];

/** Interventions of a chunk, encoded as they are added. */
export class InterventionRows implements InterventionBatch {
  readonly rows: BinaryRows = free.pop() ?? new BinaryRows();
  private readonly at = Date.now();

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
    this.json(row.dietTarget);
    this.json(row.inputFodmapCount);
    if (row.sleepEvaluation === null) rows.null();
    else rows.text(row.sleepEvaluation);
    this.number(row.sleepTarget);
    rows.text(row.exerciseEvaluation);
    if (row.exerciseTarget === null) rows.null();
    else rows.int4(row.exerciseTarget);
    rows.float8(row.processingTime);
    this.json(row.inputAllergies);
    this.json(row.inputRestrictions);
    this.json(row.inputRecent3days);
    this.json(row.inputWeekStep);
    this.json(row.inputTodayDiet);
    this.number(row.inputTodaySleep);
    rows.bool(row.inputUseRag);
    rows.text(row.inputOllamaModel);
    this.json(row.outputs);
    rows.timestamptz(this.at);
    rows.timestamptz(this.at);
  }

  release(): void {
    this.rows.clear();
    free.push(this.rows);
  }

  private json(value: string | null): void {
    if (value === null) this.rows.null();
    else this.rows.jsonb(value);
  }

  private number(value: number | null): void {
    if (value === null) this.rows.null();
    else this.rows.float8(value);
  }
}

function textUnits(row: InterventionRow): number {
  let units = row.gubun.length + row.dietEvaluation.length + row.exerciseEvaluation.length + row.inputOllamaModel.length;
  units +=
    (row.sleepEvaluation?.length ?? 0) + (row.dietTarget?.length ?? 0) + (row.inputFodmapCount?.length ?? 0) + (row.outputs?.length ?? 0);
  units += (row.inputAllergies?.length ?? 0) + (row.inputRestrictions?.length ?? 0) + (row.inputRecent3days?.length ?? 0);
  return units + (row.inputWeekStep?.length ?? 0) + (row.inputTodayDiet?.length ?? 0);
}
