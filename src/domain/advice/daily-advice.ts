import type { ShortageCode } from './meal-plan.js';
import type { ChosenPoint } from './points/point.js';
import type { SaidRecord } from './points/said-record.js';

/** The dishes of a day as IBSafe's `diet_target` holds them, by label, and a few sentences about them. */
export interface DietTarget {
  readonly Breakfast: readonly string[];
  readonly Lunch: readonly string[];
  readonly Dinner: readonly string[];
  readonly Summary: string;
}

/** How many different foods of the record date had which class, as IBSafe's `input_fodmap_count` holds it. */
export interface FodmapCount {
  readonly low: number;
  readonly moderate: number;
  readonly high: number;
  readonly unknown: number;
}

/** What a generator may decide: dishes and points, both as places. There is no text in it, and no figure. */
export interface DailyChoice {
  /** Places in `Catalogue.offers` of breakfast, lunch and dinner, the composed meal first; -1 for a dish that is none. */
  readonly meals: readonly [breakfast: readonly number[], lunch: readonly number[], dinner: readonly number[]];
  readonly points: readonly ChosenPoint[];
}

/** One user's advice for one day: a choice that passed the gate, said in our words. Made by the gate alone. */
export interface DailyAdvice {
  readonly dietEvaluation: string;
  readonly dietTarget: DietTarget;
  /** Places in `Catalogue.offers` of `dietTarget`'s dishes, breakfast first, in their order. */
  readonly offers: readonly number[];
  readonly fodmapCount: FodmapCount;
  readonly exerciseEvaluation: string;
  /** Steps a day: the rules' own, also where a model chose the rest. Null where no recorded day can be, since what was not measured has no goal, and for a patient who still grows. */
  readonly exerciseTarget: number | null;
  /** Where a meal holds fewer dishes than planned; the summary says it in words. */
  readonly shortages: readonly ShortageCode[];
  /** What was said, true and in order: those that are always said among them. */
  readonly points: readonly ChosenPoint[];
  /** The same with what made each true, as `outputs` keeps it: see `saidRecord`. */
  readonly record: SaidRecord;
  /** Points that were chosen and are not true: not said, and counted. */
  readonly droppedPoints: number;
  /** Whether nothing that was eaten is known to be high, and something was low: what `history.lowDays` counts. */
  readonly isLowDay: boolean;
}

/** Why there is no advice: an input that no sensible record can hold. Advice made from it would be nonsense in good grammar. */
export interface AdviceFailure {
  readonly failed: 'INVALID_INPUT';
  readonly field: InputField;
}

/** The part of `PatientInputs` that was refused. */
export type InputField = 'allergens' | 'steps' | 'sleep';
