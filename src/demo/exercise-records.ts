import type { LocalDate } from '../domain/local-date.js';
import type { DemoDay } from './demo-plan.js';
import type { DemoRandom } from './demo-random.js';

/** A row of `ibsafe_userexerciserecord`. */
export interface DemoExerciseRecord {
  readonly date: LocalDate;
  readonly targetSteps: number;
  readonly currentSteps: number;
}

/** How a patient walks. */
export interface Walker {
  /** Share of patients of this kind. */
  readonly share: number;
  /** Range of a patient's own mean, in steps a day. */
  readonly meanFrom: number;
  readonly meanTo: number;
  /** Deviation from day to day, as a share of the mean. */
  readonly variation: number;
  /** Share of days without a record. */
  readonly gaps: number;
  readonly targetSteps: number;
}

/** The kinds of walkers: together they reach every level and regularity that the advice tells apart (IBSAFE.md §3). */
const WALKERS: Readonly<Record<'SEDENTARY' | 'REGULAR' | 'IRREGULAR' | 'ATHLETIC', Walker>> = {
  SEDENTARY: { share: 0.3, meanFrom: 800, meanTo: 3_800, variation: 0.25, gaps: 0.1, targetSteps: 5_000 },
  REGULAR: { share: 0.35, meanFrom: 4_500, meanTo: 7_500, variation: 0.12, gaps: 0.04, targetSteps: 6_000 },
  IRREGULAR: { share: 0.25, meanFrom: 2_500, meanTo: 7_000, variation: 0.6, gaps: 0.25, targetSteps: 6_000 },
  ATHLETIC: { share: 0.1, meanFrom: 8_500, meanTo: 14_000, variation: 0.2, gaps: 0.03, targetSteps: 10_000 },
};

const KINDS = Object.values(WALKERS);

/** A patient's habit: the kind of walker, and the mean it comes to for this one, in steps a day. */
export interface WalkingHabit {
  readonly walker: Walker;
  readonly mean: number;
}

/** Draws a habit by the shares. */
export function drawWalkingHabit(random: DemoRandom): WalkingHabit {
  let left = random.fraction();
  const walker = KINDS.find(({ share }) => (left -= share) < 0) ?? WALKERS.REGULAR;
  return { walker, mean: walker.meanFrom + random.below(walker.meanTo - walker.meanFrom) };
}

/** What the patient walked on one day, or undefined for a day without a record. On the last day `walks` decides whether there is one. */
export function exerciseRecordOf(
  day: DemoDay,
  habit: WalkingHabit & { walks: boolean },
  random: DemoRandom,
): DemoExerciseRecord | undefined {
  const { walker, mean, walks } = habit;
  if (day.isLast ? !walks : random.chance(walker.gaps)) return undefined;
  return { date: day.date, targetSteps: walker.targetSteps, currentSteps: Math.max(0, random.around(mean, mean * walker.variation)) };
}
