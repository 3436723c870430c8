import { addDays, type LocalDate } from '../domain/local-date.js';
import type { DemoFood, Meal } from './demo-food.js';
import { allergenBit } from '../domain/advice/restrictions.js';

/** What fixes a demo: two databases loaded with equal parameters hold equal rows. */
export interface DemoParameters {
  /** Patients to invent: 1 to 9,999,999. */
  readonly users: number;
  /** Days of records, the last one being `until`: 1 to 3,650. */
  readonly days: number;
  /** A whole number of 32 bits. */
  readonly seed: number;
  /** The last day with records of food and exercise: the record date of the run the demo is made for. Sleep has one more. */
  readonly until: LocalDate;
  readonly foods: readonly DemoFood[];
}

/** One day of records, with what the generator would else compute for each user anew. */
export interface DemoDay {
  readonly date: LocalDate;
  /** Days since 1970-01-01: the key of the day's random numbers, so that a longer demo has the same last days. */
  readonly number: number;
  readonly isLast: boolean;
}

/** The parameters, made ready for many calls of `demoUser`. */
export interface DemoPlan {
  readonly seed: number;
  readonly until: LocalDate;
  /** Oldest first. */
  readonly days: readonly DemoDay[];
  /** The day after `until`, on whose morning the last night ends. */
  readonly morning: DemoDay;
  readonly foods: readonly DemoFood[];
  readonly menuFor: MenuFor;
}

/** Checks the parameters and prepares them. Throws a RangeError that names the one that is wrong. */
export function demoPlan(parameters: DemoParameters): DemoPlan {
  const { users, days, seed, until, foods } = parameters;
  requireWhole('users', users, 1, 9_999_999);
  requireWhole('days', days, 1, 3_650);
  requireWhole('seed', seed, -2_147_483_648, 4_294_967_295);
  if (foods.length === 0) throw new RangeError('a demo needs at least one food, found none');
  if (new Set(foods.map(({ code }) => code)).size < foods.length) throw new RangeError('two foods of the demo have the same code');
  const morning = { ...(daysUntil(addDays(until, 1), 1)[0] as DemoDay), isLast: false };
  return { seed, until, days: daysUntil(until, days), morning, foods, menuFor: menusOf(foods) };
}

function daysUntil(until: LocalDate, count: number): DemoDay[] {
  const last = Date.parse(`${until}T00:00:00Z`) / 86_400_000;
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index;
    return { date: addDays(until, -back), number: last - back, isLast: back === 0 };
  });
}

function requireWhole(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new RangeError(`${name} of a demo is a whole number from ${from} to ${to}, found ${value}`);
}

/** What a patient with certain allergies eats at each meal: ids of `ibsafe_food`, never none. */
export type Menu = Readonly<Record<Meal, readonly number[]>>;

/** Gives the menu for a mask of `allergenBit`s. The id of a food is its place in the list, from 1. */
type MenuFor = (avoided: number) => Menu;

/**
 * Makes each menu once, on first use: there are at most 64 masks, and a million patients share them.
 * A meal for which nothing suitable is left is served from all foods, as people without a choice do.
 */
function menusOf(foods: readonly DemoFood[]): MenuFor {
  const entries = foods.map((food, index) => ({
    id: index + 1,
    allergens: food.allergens.reduce((mask, allergen) => mask | allergenBit(allergen), 0),
    meals: new Set(food.meals.map((meal) => meal.toLowerCase())),
  }));
  const everything = entries.map(({ id }) => id);
  const known = new Map<number, Menu>();

  const idsFor = (meal: Meal, avoided: number) => {
    const ids = entries
      .filter((food) => (food.allergens & avoided) === 0 && (food.meals.size === 0 || food.meals.has(meal)))
      .map(({ id }) => id);
    return ids.length > 0 ? ids : everything;
  };
  return (avoided) => {
    let menu = known.get(avoided);
    if (menu === undefined) {
      menu = { breakfast: idsFor('breakfast', avoided), lunch: idsFor('lunch', avoided), dinner: idsFor('dinner', avoided) };
      known.set(avoided, menu);
    }
    return menu;
  };
}
