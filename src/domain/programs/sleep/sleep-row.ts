import type { PatientInputs } from '../../advice/patient-inputs.js';
import type { RuledProgram } from '../program-rules.js';
import type { InterventionRow } from '../intervention-row.js';
import type { Provenance } from '../provenance.js';

/** What advice on sleep says. */
export interface SleepAdvice {
  readonly sleepEvaluation: string;
  /** Hours, in halves. */
  readonly sleepTarget: number;
}

/** The row of `ibsafe_interventionrecord` for sleep advice. The two texts of diet and exercise, which take no null, are empty as in IBSafe's own rows. */
export function sleepRow(
  advice: SleepAdvice,
  inputs: PatientInputs,
  made: { program: RuledProgram; provenance: Provenance },
): InterventionRow {
  const { program, provenance } = made;
  return {
    gubun: program.gubun,
    recordDate: inputs.recordDate,
    targetDate: program.targetDate(inputs.recordDate),
    dietEvaluation: '',
    dietTarget: null,
    inputFodmapCount: null,
    ...advice,
    exerciseEvaluation: '',
    exerciseTarget: null,
    processingTime: provenance.processingTime,
    inputAllergies: null,
    inputRestrictions: null,
    inputRecent3days: null,
    inputWeekStep: null,
    inputTodayDiet: null,
    inputTodaySleep: hoursOf(inputs.sleep?.at(-1) ?? 0),
    inputUseRag: false,
    inputOllamaModel: provenance.model,
    outputs: provenance.outputs,
  };
}

/** Hours to the hundredth, as precise as a minute. */
function hoursOf(minutes: number): number {
  return Math.round((minutes * 100) / 60) / 100;
}
