import type { NewIntervention } from '../application/ports.js';

/** Columns that are written, in the order of `copyLine` and `insertValues`. */
export const INTERVENTION_COLUMNS = [
  'id', 'user_id', 'gubun', 'record_date', 'target_date', 'diet_evaluation', 'diet_target', 'input_fodmap_count', 'sleep_evaluation', 'sleep_target',
  'exercise_evaluation', 'exercise_target', 'processing_time', 'input_allergies', 'input_restrictions', 'input_recent_3days', 'input_week_step',
  'input_today_diet', 'input_today_sleep', 'input_use_rag', 'input_ollama_model', 'outputs', 'created_at', 'updated_at',
] as const; // prettier-ignore

type Cell = string | number | boolean | null;

/** A row's cells in the order of `INTERVENTION_COLUMNS`; jsonb columns as JSON text. */
export function cellsOf(id: number, { userId, row }: NewIntervention, at: string): Cell[] {
  return [
    id, userId, row.gubun, row.recordDate, row.targetDate, row.dietEvaluation, json(row.dietTarget), json(row.inputFodmapCount), row.sleepEvaluation,
    row.sleepTarget, row.exerciseEvaluation, row.exerciseTarget, row.processingTime, json(row.inputAllergies), json(row.inputRestrictions),
    json(row.inputRecent3days), json(row.inputWeekStep), json(row.inputTodayDiet), row.inputTodaySleep, row.inputUseRag, row.inputOllamaModel,
    json(row.outputs), at, at,
  ]; // prettier-ignore
}

/** Cells as a line of PostgreSQL's text COPY format, with its line end. */
export function copyLine(cells: readonly Cell[]): string {
  let line = '';
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at] as Cell;
    if (at > 0) line += '\t';
    if (cell === null) line += '\\N';
    else if (typeof cell === 'string') line += SPECIAL.test(cell) ? escaped(cell) : cell;
    else line += String(cell);
  }
  return `${line}\n`;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
