import type { Catalogue } from './catalogue/catalogue.js';
import type { DailyAdvice, DailyChoice } from './daily-advice.js';
import { dailyScene } from './daily-scene.js';
import { fodmapCountOf, isLowDay } from './low-day.js';
import { MEAL_PLAN, shortageCodeOf, type ShortageCode } from './meal-plan.js';
import { menuViolations, type DishCounts } from './menu-violations.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { DAILY_FIELDS, saidPoints } from './points/said-points.js';
import type { ChosenPoint } from './points/point.js';
import { silencedPoint } from './points/silenced-point.js';
import { saidRecord } from './points/said-record.js';
import type { Scene } from './points/scene.js';
import type { Tongue } from './points/tell.js';
import { settledMeals } from './settled-meals.js';
import type { ViolationCode } from './violation-codes.js';
import { checkedFoods } from './checked-foods.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue/dish.js';

/** A bit for each place in `MEAL_PLAN` of which a menu has fewer dishes than it wants. */
function missingSlots(meals: readonly (readonly number[])[], catalogue: Catalogue): number {
  const { category } = checkedFoods(catalogue);
  let bits = 0;
  for (let slot = 0; slot < SLOTS.length; slot += 1) {
    const { meal, index, count } = SLOTS[slot] as (typeof SLOTS)[number];
    const places = meals[meal] ?? NO_PLACES;
    let held = 0;
    for (let at = 0; at < places.length; at += 1) if (category[places[at] as number] === index) held += 1;
    if (held < count) bits |= 1 << slot;
  }
  return bits;
}

const NO_PLACES: readonly number[] = [];
const SLOTS = MEAL_PLAN.map(({ meal, category, count }) => ({
  meal: MEALS.indexOf(meal),
  index: FOOD_CATEGORIES.indexOf(category),
  count,
}));

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
   * Advice of dishes that are safe and of those points that are true, or the codes of what is wrong with the dishes, each once. A point that is not true is left out and counted. A patient of whom a
   * warning is true that may not be said gets none, and so does one for whom a text would be empty. Pure and deterministic.
   */
  pass(proposal: Proposal, inputs: PatientInputs, context: GateContext): DailyAdvice | { readonly violations: readonly ViolationCode[] };
}

const NONE: readonly ShortageCode[] = [];
const UNSAID: readonly ViolationCode[] = ['UNSAID_WARNING'];
const EMPTY: readonly ViolationCode[] = ['EMPTY_TEXT'];

/** A gate over a catalogue and a vocabulary. One serves all users of a process. */
export function createSafetyGate(catalogue: Catalogue, tongue: Tongue): SafetyGate {
  const labels = catalogue.offers.map((offer) => (tongue.language === 'ko' ? offer.labelKo : offer.labelEn));

  function pass({ meals, points }: Proposal, inputs: PatientInputs, { book, dishes }: GateContext): ReturnType<SafetyGate['pass']> {
    const violations = menuViolations(meals, inputs, dishes === undefined ? { book, catalogue } : { book, catalogue, dishes });
    if (violations.length > 0) return { violations };
    const [breakfast, lunch, dinner] = settledMeals(meals, inputs, catalogue, dishes);
    const shown = [breakfast.offers, lunch.offers, dinner.offers];
    const shortSlots = dishes === undefined ? missingSlots(shown, catalogue) : 0;
    const menu = { meals: shown, composed: [breakfast.composed, lunch.composed, dinner.composed], shortSlots };
    const scene = dailyScene(inputs, book, menu, catalogue);
    if (silencedPoint(tongue.vocabulary, scene, DAILY_FIELDS) !== undefined) return { violations: UNSAID };
    const { said, dropped } = saidPoints(points(scene), scene, tongue);
    const spoken: ChosenPoint[] = [];
    for (const field of DAILY_FIELDS) {
      const { text = '', points: told = [] } = said.get(field) ?? {};
      if (text === '') return { violations: EMPTY };
      addAll(spoken, told);
    }
    const fodmapCount = fodmapCountOf(scene);
    return {
      dietEvaluation: said.get('DIET_EVALUATION')?.text ?? '',
      dietTarget: {
        Breakfast: labelsOf(breakfast.offers),
        Lunch: labelsOf(lunch.offers),
        Dinner: labelsOf(dinner.offers),
        Summary: said.get('SUMMARY')?.text ?? '',
      },
      offers: placesOf(shown),
      fodmapCount,
      exerciseEvaluation: said.get('EXERCISE_EVALUATION')?.text ?? '',
      exerciseTarget: scene.steps?.goal ?? null,
      shortages: shortSlots === 0 ? NONE : MEAL_PLAN.filter((_, slot) => (shortSlots & (1 << slot)) !== 0).map(shortageCodeOf),
      points: spoken,
      record: saidRecord(spoken, scene, tongue),
      droppedPoints: dropped,
      isLowDay: isLowDay(fodmapCount),
    };
  }

  function labelsOf(places: readonly number[]): string[] {
    const told: string[] = [];
    for (let at = 0; at < places.length; at += 1) told.push(labels[places[at] as number] ?? '');
    return told;
  }

  return { pass };
}

function placesOf(meals: readonly (readonly number[])[]): number[] {
  const places: number[] = [];
  for (const meal of meals) addAll(places, meal);
  return places;
}

function addAll<Item>(list: Item[], more: readonly Item[]): void {
  for (let at = 0; at < more.length; at += 1) list.push(more[at] as Item);
}
