import type { ShortageCode } from './meal-plan.js';

/** The dishes of a day as IBSafe's `diet_target` holds them, by name, and a few sentences about them. */
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

/** One user's advice for one day. */
export interface DailyAdvice {
  readonly dietEvaluation: string;
  readonly dietTarget: DietTarget;
  /** Catalogue indexes of `dietTarget`'s dishes, breakfast first, in their order: what the safety check reads. */
  readonly dietFoods: readonly number[];
  readonly fodmapCount: FodmapCount;
  readonly exerciseEvaluation: string;
  /** Steps a day. */
  readonly exerciseTarget: number;
  /** Where a meal holds fewer dishes than planned; `Summary` says it in words. */
  readonly shortages: readonly ShortageCode[];
}

/** Why there is no advice: an input that no sensible record can hold. Advice made from it would be nonsense in good grammar. */
export interface AdviceFailure {
  readonly failed: 'INVALID_INPUT';
  readonly field: InputField;
}

/** The part of `PatientInputs` that was refused. */
export type InputField = 'allergens' | 'steps' | 'sleep';
