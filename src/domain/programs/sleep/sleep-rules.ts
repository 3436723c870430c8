import { dayNumber } from '../../advice/day-number.js';
import type { PatientInputs } from '../../advice/patient-inputs.js';
import type { Scene } from '../../advice/points/scene.js';
import { silencedPoint } from '../../advice/points/silenced-point.js';
import type { PointField } from '../../advice/points/point.js';
import { saidRecord } from '../../advice/points/said-record.js';
import { choosePoints } from '../../advice/points/choose-points.js';
import type { ProgramRules, RuledProgram, RulesContext } from '../program-rules.js';
import { ruleProvenance, type Provenance } from '../provenance.js';
import { sleepIsInvalid, sleepPlanOf, type SleepPlan } from './sleep-plan.js';
import type { InterventionRow } from '../intervention-row.js';

/** The version of the rules on sleep: raise it when one changes what users get. */
const SLEEP_RULE_VERSION = 'sleep-5';

const SLEEP_FIELDS: readonly PointField[] = ['SLEEP_EVALUATION'];

/** The rules on sleep: how long the night was, and what to aim at next. */
export function sleepRules({ tongue }: RulesContext, program: RuledProgram): ProgramRules {
  return {
    version: SLEEP_RULE_VERSION,
    advise(inputs) {
      const nights = inputs.sleep ?? [];
      if (sleepIsInvalid(nights)) return { failed: 'INVALID_INPUT', field: 'sleep' };
      const plan = sleepPlanOf(nights, inputs.profile?.age ?? null);
      const scene = sleepScene(inputs, plan);
      if (silencedPoint(tongue.vocabulary, scene, SLEEP_FIELDS) !== undefined) return { unsafe: ['UNSAID_WARNING'] };
      const { points, text } = choosePoints('SLEEP_EVALUATION', scene, tongue);
      if (text === '') return { unsafe: ['EMPTY_TEXT'] };
      const advice = { sleepEvaluation: text, sleepTarget: plan.goal };
      return sleepRow(advice, inputs, { program, provenance: ruleProvenance(SLEEP_RULE_VERSION, saidRecord(points, scene, tongue)) });
    },
  };
}

/** A scene of nights alone: what the program does not read is not known. */
function sleepScene(inputs: PatientInputs, sleep: SleepPlan): Scene {
  return {
    inputs,
    day: NOTHING_KNOWN,
    steps: null,
    sleep,
    eatenFoods: [],
    dishes: [],
    numbers: [],
    menu: null,
    shortages: 0,
    leastMeal: Number.NaN,
    isLacking: false,
    turn: dayNumber(inputs.recordDate) + Math.abs(inputs.userId),
    eaten: null,
    dish: null,
    values: undefined,
  };
}

const NOTHING_KNOWN: Scene['day'] = {
  foods: Number.NaN,
  low: Number.NaN,
  moderate: Number.NaN,
  high: Number.NaN,
  unknown: Number.NaN,
  fibreGrams: Number.NaN,
  solubleGrams: Number.NaN,
  fibreSources: Number.NaN,
  fibreRich: Number.NaN,
  ownAllergens: Number.NaN,
  allergenFoods: Number.NaN,
  unsureFoods: Number.NaN,
  harmful: Number.NaN,
  unsuited: Number.NaN,
  leftOut: Number.NaN,
  hot: Number.NaN,
  meals: [Number.NaN, Number.NaN, Number.NaN],
  lightMeals: Number.NaN,
  alcohol: Number.NaN,
  isRecentKnown: false,
};

/** What advice on sleep says. */
interface SleepAdvice {
  readonly sleepEvaluation: string;
  /** Hours, in halves. */
  readonly sleepTarget: number;
}

/** The row of `ibsafe_interventionrecord` for sleep advice. The two texts of diet and exercise, which take no null, are empty as in IBSafe's own rows. */
function sleepRow(advice: SleepAdvice, inputs: PatientInputs, made: { program: RuledProgram; provenance: Provenance }): InterventionRow {
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
