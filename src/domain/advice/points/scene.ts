import type { Dish, Meal, Offer } from '../catalogue/dish.js';
import type { DayFigures } from '../day-figures.js';
import type { EatenFood } from '../eaten-food.js';
import type { PatientInputs, RefusedFoods } from '../patient-inputs.js';
import type { SleepPlan } from '../../programs/sleep/sleep-plan.js';
import type { JudgedSteps } from '../step-plan.js';

/** A dish of the advice and where it stands. */
export interface OfferedDish {
  /** Place in `Catalogue.offers`. */
  readonly place: number;
  readonly offer: Offer;
  readonly dish: Dish;
  readonly meal: Meal;
  /** Whether it belongs to the composed meal, which comes first, or to the alternatives. */
  readonly isComposed: boolean;
  /** Its facts by place in `DISH_FACTS`, once they were asked for: they are the same for every patient. */
  values?: number[] | undefined;
}

/**
 * Every offer of a catalogue at every meal, as an alternative and as part of the composed meal: made once, so that a patient costs no object for it. By their numbers dishes are looked up in short lists that stay at hand, where
 * the objects of thirty dishes have to be fetched from afar for each patient.
 */
export interface DishMenu {
  /** By number: see `dishNumber`. */
  readonly dishes: readonly OfferedDish[];
  /** By place in `Catalogue.offers`: `Offer.leftOut`, and the bits of its kind (`BROTH`, `NOODLES` …). */
  readonly leftOut: Uint16Array;
  /** Whether the words of a patient hold something that must be avoided and that is not understood. */
  readonly isUnread: (said: RefusedFoods) => boolean;
}

/**
 * Everything that a point can be true of: one patient's records and the figures made of them, and the dishes that are offered. `eaten` and `dish` are the arguments of the
 * point that is being judged. One object serves patient after patient: it is filled anew, never kept.
 */
export interface Scene {
  inputs: PatientInputs;
  day: DayFigures;
  /** Absent for a program that does not read steps. */
  steps: JudgedSteps | null;
  /** Absent for a program that does not read sleep. */
  sleep: SleepPlan | null;
  eatenFoods: readonly EatenFood[];
  /** The composed meals' dishes first. */
  dishes: readonly OfferedDish[];
  /** By dish, its number in the menu: where that is known already, the dish itself is not asked. */
  numbers: readonly number[];
  /** What the dishes are of; null for a program that offers none. */
  menu: DishMenu | null;
  /** Categories of the plan that hold fewer dishes than planned. */
  shortages: number;
  /** Dishes of the meal with the fewest. */
  leastMeal: number;
  /** Whether lunch or dinner is without a protein dish, or without a vegetable dish. */
  isLacking: boolean;
  /** Days since 1970-01-01 of the record date plus the user id: not negative. */
  turn: number;
  eaten: EatenFood | null;
  dish: OfferedDish | null;
  /** The patient's facts by place, once they were asked for. A changed copy of a scene leaves them out. */
  values?: number[] | undefined;
}
