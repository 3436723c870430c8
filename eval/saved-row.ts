import type { InterventionRow } from '../src/domain/programs/intervention-row.js';
import type { SavedRow } from './oracle/records.js';

/** A row as it would lie in IBSafe's table. */
export function savedRow(row: InterventionRow): SavedRow {
  return {
    gubun: row.gubun,
    dietEvaluation: row.dietEvaluation,
    dietTarget: row.dietTarget,
    fodmapCount: row.inputFodmapCount,
    exerciseEvaluation: row.exerciseEvaluation,
    exerciseTarget: row.exerciseTarget,
    sleepEvaluation: row.sleepEvaluation,
    sleepTarget: row.sleepTarget,
    model: row.inputOllamaModel,
    outputs: row.outputs === null ? null : JSON.parse(row.outputs),
  };
}
