import type { SkipReason } from './outcome.js';
import type { Program } from './program.js';

/** What is known of a user of the roster when their chunk is processed. What the program does not read is false. */
export interface Standing {
  /** False when the account was deactivated, made staff or deleted after the roster was fixed. */
  readonly accountOpen: boolean;
  readonly hasProfile: boolean;
  readonly hasFoodRecord: boolean;
  readonly hasExerciseRecord: boolean;
  readonly hasSleepRecord: boolean;
  readonly hasIntervention: boolean;
}

/**
 * Why a user gets no intervention: every reason at once, so that no operator repairs one and meets the next; empty for an eligible user.
 * `replaceExisting` is a run's `onExisting: REGENERATE`.
 */
export function reasonsToSkip(standing: Standing, program: Program, replaceExisting: boolean): readonly SkipReason[] {
  if (!standing.accountOpen) return CLOSED;
  const reasons: SkipReason[] = [];
  for (const missing of program.requires) if (!HAS[missing](standing)) reasons.push(missing);
  if (standing.hasIntervention && !replaceExisting) reasons.push('INTERVENTION_EXISTS');
  return reasons.length === 0 ? NONE : reasons;
}

const NONE: readonly SkipReason[] = [];
const CLOSED: readonly SkipReason[] = ['ACCOUNT_CLOSED'];
const HAS = {
  MISSING_FOOD_RECORD: (standing: Standing) => standing.hasFoodRecord,
  MISSING_EXERCISE_RECORD: (standing: Standing) => standing.hasExerciseRecord,
  MISSING_SLEEP_RECORD: (standing: Standing) => standing.hasSleepRecord,
  NO_PROFILE: (standing: Standing) => standing.hasProfile,
};
