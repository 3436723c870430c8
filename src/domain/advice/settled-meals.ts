import type { Catalogue } from './catalogue/catalogue.js';
import { FOOD_CATEGORIES } from './catalogue/dish.js';
import { checkedFoods, type CheckedFoods } from './checked-foods.js';
import { composedMeal, type ComposedMeal } from './composed-meal.js';
import type { DailyChoice } from './daily-advice.js';
import { dayNumber } from './day-number.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';
import { mealTable, PROTEIN, SOUP, VEGETABLE, type MealTable } from './meal-table.js';
import type { PatientInputs } from './patient-inputs.js';
import { mix } from './seeded-random.js';

/** Times that a meal is composed anew with what took the place of a dish: what comes in may be set itself. */
const ROUNDS = 4;

/**
 * The meals of a day as they are shown: each with its composed meal first, and behind it only dishes that keep it low when one is eaten instead of a dish of its kind. One that does not gives way to
 * another of its category that does, or to none. The menu has been judged before (`menuViolations`): what was eaten and what is offered is known from there.
 */
export function settledMeals(
  meals: DailyChoice['meals'],
  inputs: PatientInputs,
  catalogue: Catalogue,
): readonly [ComposedMeal, ComposedMeal, ComposedMeal] {
  const ground: Ground = {
    catalogue,
    foods: checkedFoods(catalogue),
    table: mealTable(catalogue),
    candidates: catalogue.candidates(inputs.allergens, inputs.profile?.preferences),
    inputs,
  };
  return [settled(meals[0], 0, ground), settled(meals[1], 1, ground), settled(meals[2], 2, ground)];
}

interface Ground {
  readonly catalogue: Catalogue;
  readonly foods: CheckedFoods;
  readonly table: MealTable;
  readonly candidates: readonly Uint16Array[];
  readonly inputs: PatientInputs;
}

function settled(places: readonly number[], meal: number, ground: Ground): ComposedMeal {
  const needed = [PROTEIN, VEGETABLE].filter((kind) => places.some((place) => ground.table.brings(place, kind)));
  let shown = composedMeal(places, ground.catalogue);
  for (let round = 1; ; round += 1) {
    const offers = swapped(shown, meal, { ...ground, needed: round < ROUNDS ? needed : [] });
    if (offers === shown.offers) return shown;
    shown = composedMeal(offers, ground.catalogue);
    if (round > ROUNDS) return shown;
  }
}

/**
 * The dishes with others in place of the alternatives that cannot stand in for any; the same list where all can. The table is laid with the composed meal. `needed` are the kinds that the menu brought and
 * that must not be lost; none the last time, when nothing comes in any more that could be set itself.
 */
function swapped(
  { offers, composed }: ComposedMeal,
  meal: number,
  ground: Ground & { readonly needed: readonly number[] },
): readonly number[] {
  const { table, foods } = ground;
  const seated = offers.slice(0, composed);
  const list = [...offers];
  const misfits = new Set<number>();
  for (let at = composed; at < offers.length; at += 1) if (!table.canStandIn(offers[at] as number, seated)) misfits.add(at);
  const isBrought = bringInWhatIsLost(list, misfits, meal, { ...ground, seated });
  if (misfits.size === 0 && !isBrought) return offers;
  for (const at of misfits) {
    const own = slotsOf(meal).filter((slot) => categoryOf(slot) === foods.category[list[at] as number]);
    const other = another(own, 0, { ...ground, seated });
    foods.withdraw(list[at] as number);
    list[at] = other;
  }
  return list.filter((place) => place >= 0);
}

/**
 * Of protein and vegetables what no dish brings that stays: another dish brings it, in the place of one of its category. Its place is no misfit any more.
 * @returns whether there was any
 */
function bringInWhatIsLost(
  list: number[],
  misfits: Set<number>,
  meal: number,
  ground: Ground & { readonly needed: readonly number[]; readonly seated: readonly number[] },
): boolean {
  const { table, foods, needed } = ground;
  const isLost = (kind: number): boolean => !list.some((place, at) => !misfits.has(at) && table.brings(place, kind));
  const lost = needed.filter(isLost);
  let isBrought = false;
  // One that brings both first: two soups would take each other's place.
  for (const kind of lost.length > 1 ? [PROTEIN | VEGETABLE, ...lost] : lost) {
    if (kind !== (PROTEIN | VEGETABLE) && !isLost(kind)) continue;
    const other = another(slotsOf(meal), kind, ground);
    if (other < 0) continue;
    // The plan's counts stay: of a soup it is the one that is set that gives way.
    const ofCategory = list.flatMap((place, at) => (foods.category[place] === foods.category[other] ? [at] : []));
    const instead = table.brings(other, SOUP) ? ofCategory[0] : (ofCategory.find((at) => misfits.has(at)) ?? ofCategory.at(-1));
    const at = instead ?? [...misfits][0] ?? list.length;
    list[at] = other;
    misfits.delete(at);
    isBrought = true;
  }
  return isBrought;
}

function slotsOf(meal: number): readonly number[] {
  return SLOTS_OF_MEAL[meal] ?? [];
}

/** Index in `FOOD_CATEGORIES` of what a slot of the plan takes. */
function categoryOf(slot: number): number {
  return FOOD_CATEGORIES.indexOf(MEAL_PLAN[slot]?.category ?? 'SNACK');
}

/**
 * A dish of these slots of the plan that can stand in, or that brings what the meal lacks and fits beside it (a soup: in place of the one that is set); -1 where there is none. Where the search begins moves
 * on from day to day, among every second dish first: two days that follow each other seek among different ones.
 */
function another(slots: readonly number[], wanted: number, ground: Ground & { readonly seated: readonly number[] }): number {
  const { foods, table, candidates, inputs, seated } = ground;
  const day = dayNumber(inputs.recordDate);
  for (const slot of slots) {
    const list = candidates[slot] ?? NO_DISHES;
    const isInPlace = wanted === 0 || MEAL_PLAN[slot]?.category === 'SOUP_STEW';
    const start = (mix(inputs.userId ^ Math.imul(slot + 1, 0x9e37_79b9)) >>> 16) + day * 5;
    for (let step = 0; step < 2 * list.length; step += 1) {
      const index = (start + step) % list.length;
      if ((index + day) % 2 === (step < list.length ? 1 : 0)) continue;
      const other = list[index] ?? -1;
      if (foods.wasEaten(other) || foods.isOffered(other) || !table.brings(other, wanted)) continue;
      if (!(isInPlace ? table.canStandIn(other, seated) : table.fitsBeside(other))) continue;
      foods.offer(other);
      return other;
    }
  }
  return -1;
}

const NO_DISHES = new Uint16Array(0);
