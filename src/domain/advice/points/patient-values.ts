import { bitCount } from '../bit-count.js';
import { LACTOSE_INTOLERANCE_BIT } from '../restrictions.js';
import { GOAL_REASONS, STEP_LEVELS } from '../step-goal.js';
import { STEP_REGULARITIES } from '../step-plan.js';
import { SLEEP_DIRECTIONS, SLEEP_LENGTHS } from '../../programs/sleep/sleep-plan.js';
import { leftOutOf } from './person-facts.js';
import type { Scene } from './scene.js';

const UNKNOWN = Number.NaN;

/**
 * All facts about the patient at once, by their place: compiled by hand from `DAY_FACTS`, `STEP_FACTS`, `SLEEP_FACTS` and `PERSON_FACTS`, whose meanings it has and whose order it keeps (a test compares
 * each with its fact). Fifty functions, each asked of every patient, cost several times as much, and so does a list that grows.
 */
export function patientValues(scene: Scene): number[] {
  const { day, steps, sleep, inputs, dishes, shortages, leastMeal, turn } = scene;
  const { fibreGrams, solubleGrams, meals } = day;
  const { allergens, profile } = inputs;
  const leftOut = leftOutOf(scene);
  // prettier-ignore
  return [
    day.foods, day.low, day.moderate, day.high, day.unknown, fibreGrams, solubleGrams, flagOf(!Number.isNaN(fibreGrams)),
    fibreGrams > 0 ? (solubleGrams * 100) / fibreGrams : UNKNOWN, day.fibreSources, day.fibreRich, day.ownAllergens, day.ownAllergens, day.allergenFoods, day.hot,
    meals[0], meals[1], meals[2],
    steps?.days ?? UNKNOWN, steps?.mean ?? UNKNOWN, steps?.recentDays ?? UNKNOWN, steps?.recentMean ?? UNKNOWN, steps?.goal ?? UNKNOWN,
    wordOf(STEP_LEVELS, steps?.level), wordOf(STEP_REGULARITIES, steps?.regularity), wordOf(GOAL_REASONS, steps?.reason),
    sleep?.minutes ?? UNKNOWN, sleep?.mean ?? UNKNOWN, sleep?.nights ?? UNKNOWN, (sleep?.goal ?? UNKNOWN) * 60,
    wordOf(SLEEP_LENGTHS, sleep?.length), wordOf(SLEEP_DIRECTIONS, sleep?.direction),
    bitCount(allergens), flagOf((allergens & LACTOSE_INTOLERANCE_BIT) !== 0), flagOf(profile?.skips[0]), flagOf(profile?.skips[1]), flagOf(profile?.skips[2]),
    profile?.waterMl ?? UNKNOWN, flagOf(typeof profile?.waterMl === 'number'), profile?.age ?? UNKNOWN, inputs.lowDays ?? UNKNOWN,
    dishes.length, shortages, leastMeal, flagOf(leftOut !== 0), leftOut, turn % 7, turn % 3,
  ];
}

function flagOf(known: boolean | undefined): number {
  return known === undefined ? UNKNOWN : known ? 1 : 0;
}

function wordOf(words: readonly string[], word: string | null | undefined): number {
  return word === null || word === undefined ? UNKNOWN : words.indexOf(word);
}
