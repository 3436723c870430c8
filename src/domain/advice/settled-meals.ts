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
const ROUNDS = 3;

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
  let shown = composedMeal(places, ground.catalogue);
  for (let round = 1; ; round += 1) {
    const offers = swapped(shown, meal, { ...ground, isLast: round === ROUNDS });
    if (offers === shown.offers) return shown;
    shown = composedMeal(offers, ground.catalogue);
    if (round > ROUNDS) return shown;
  }
}

/** The dishes with others in place of the alternatives that cannot stand in for any; the same list where all can. The table is laid with the composed meal. */
function swapped({ offers, composed }: ComposedMeal, meal: number, ground: Ground & { readonly isLast: boolean }): readonly number[] {
  const { table } = ground;
  const seated = offers.slice(0, composed);
  const list = [...offers];
  const misfits = new Set<number>();
  for (let at = composed; at < offers.length; at += 1) if (!table.canStandIn(offers[at] as number, seated)) misfits.add(at);
  if (misfits.size === 0) return offers;
  // The last time nothing comes in that could be set itself.
  if (!ground.isLast) bringInWhatWouldBeLost(list, misfits, meal, { ...ground, seated });
  for (const at of misfits) {
    const own = slotsOf(meal).filter((slot) => categoryOf(slot) === ground.foods.category[list[at] as number]);
    const other = another(own, 0, { ...ground, seated });
    ground.foods.withdraw(list[at] as number);
    list[at] = other;
  }
  return list.filter((place) => place >= 0);
}

/** Of protein and vegetables what only dishes bring that give way: another dish brings it, in the place of one of them or of its own category. Its place is no misfit any more. */
function bringInWhatWouldBeLost(
  list: number[],
  misfits: Set<number>,
  meal: number,
  ground: Ground & { readonly seated: readonly number[] },
): void {
  const { table, foods } = ground;
  const giveWay = [...misfits].map((at) => list[at] as number);
  const isLost = (kind: number): boolean =>
    giveWay.some((place) => table.brings(place, kind)) && !list.some((place, at) => !misfits.has(at) && table.brings(place, kind));
  // One that brings both first: two soups would take each other's place.
  const both = isLost(PROTEIN) && isLost(VEGETABLE) ? [PROTEIN | VEGETABLE] : [];
  for (const kind of [...both, PROTEIN, VEGETABLE]) {
    if (kind !== (PROTEIN | VEGETABLE) && !isLost(kind)) continue;
    const bringing = giveWay.filter((place) => table.brings(place, kind));
    const isOwn = (slot: number): boolean => bringing.some((place) => foods.category[place] === categoryOf(slot));
    const other = another([...slotsOf(meal).filter(isOwn), ...slotsOf(meal)], kind, ground);
    if (other < 0) continue;
    // The plan's counts stay: of a soup it is the one that is set that gives way.
    const ofCategory = list.flatMap((place, at) => (foods.category[place] === foods.category[other] ? [at] : []));
    const instead = table.brings(other, SOUP) ? ofCategory[0] : (ofCategory.find((at) => misfits.has(at)) ?? ofCategory.at(-1));
    const at = instead ?? [...misfits][0] ?? -1;
    list[at] = other;
    misfits.delete(at);
  }
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
