import type { Catalogue } from './catalogue/catalogue.js';
import { composedMeal } from './composed-meal.js';
import type { DailyAdvice, DailyChoice } from './daily-advice.js';
import { dailyScene } from './daily-scene.js';
import { isLowDay } from './low-day.js';
import { MEAL_PLAN, shortageCodeOf, type ShortageCode } from './meal-plan.js';
import { menuViolations, type DishCounts } from './menu-violations.js';
import { missingSlots } from './missing-slots.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { saidPoints } from './points/said-points.js';
import type { ChosenPoint, PointField } from './points/point.js';
import { saidRecord } from './points/said-record.js';
import type { Scene } from './points/scene.js';
import type { Tongue } from './points/tell.js';
import type { ViolationCode } from './violation-codes.js';

/** What the gate must know of a choice beside its user. */
export interface GateContext {
  readonly book: FoodBook;
  /** Dishes that each meal must hold; absent for a choice that keeps to the plan of the rules. */
  readonly dishes?: DishCounts;
}

/** A menu with points that are chosen once the scene is there: what a point is about is among the patient's foods and the menu's dishes. */
export interface Proposal {
  readonly meals: DailyChoice['meals'];
  readonly points: (scene: Scene) => readonly ChosenPoint[];
}

/** Stands between every generator and the database: it makes the advice of what was chosen, and there is no other way to one. */
export interface SafetyGate {
  /**
   * Advice of dishes that are safe and of those points that are true, or the codes of what is wrong with the dishes, each once. A point that is not true is left out and counted. Pure and
   * deterministic.
   */
  pass(proposal: Proposal, inputs: PatientInputs, context: GateContext): DailyAdvice | { readonly violations: readonly ViolationCode[] };
}

const NONE: readonly ShortageCode[] = [];

/** A gate over a catalogue and a vocabulary. One serves all users of a process. */
export function createSafetyGate(catalogue: Catalogue, tongue: Tongue): SafetyGate {
  const labels = catalogue.offers.map((offer) => (tongue.language === 'ko' ? offer.labelKo : offer.labelEn));

  function pass({ meals, points }: Proposal, inputs: PatientInputs, { book, dishes }: GateContext): ReturnType<SafetyGate['pass']> {
    const violations = menuViolations(meals, inputs, dishes === undefined ? { book, catalogue } : { book, catalogue, dishes });
    if (violations.length > 0) return { violations };
    const shown = meals.map((meal) => composedMeal(meal, catalogue));
    const shortSlots = dishes === undefined ? missingSlots(meals, catalogue) : 0;
    const menu = { meals: shown.map(({ offers }) => offers), composed: shown.map(({ composed }) => composed), shortSlots };
    const scene = dailyScene(inputs, book, menu, catalogue);
    const { said, dropped } = saidPoints(points(scene), scene, tongue);
    const spoken: ChosenPoint[] = [];
    for (const each of said.values()) spoken.push(...each.points);
    const text = (field: PointField): string => said.get(field)?.text ?? '';
    const [Breakfast = [], Lunch = [], Dinner = []] = menu.meals.map((meal) => meal.map((place) => labels[place] ?? ''));
    const { low, moderate, high, unknown } = scene.day;
    return {
      dietEvaluation: text('DIET_EVALUATION'),
      dietTarget: { Breakfast, Lunch, Dinner, Summary: text('SUMMARY') },
      offers: menu.meals.flat(),
      fodmapCount: { low, moderate, high, unknown },
      exerciseEvaluation: text('EXERCISE_EVALUATION'),
      exerciseTarget: scene.steps?.goal ?? 0,
      shortages: shortSlots === 0 ? NONE : MEAL_PLAN.filter((_, slot) => (shortSlots & (1 << slot)) !== 0).map(shortageCodeOf),
      points: spoken,
      record: saidRecord(spoken, scene, tongue),
      droppedPoints: dropped,
      isLowDay: isLowDay(scene.day),
    };
  }

  return { pass };
}
