import { notToBeOffered } from './foods-of-age.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { FOOD_CATEGORIES } from './catalogue/dish.js';
import { checkedFoods, type CheckedFoods } from './checked-foods.js';
import { composedMeal, type ComposedMeal } from './composed-meal.js';
import type { DailyChoice } from './daily-advice.js';
import { dayNumber } from './day-number.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';
import { mealTable, PROTEIN, SOUP, VEGETABLE, type MealTable } from './meal-table.js';
import { withPlainerStaple } from './plainer-staple.js';
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
  dishes?: readonly number[],
): readonly [ComposedMeal, ComposedMeal, ComposedMeal] {
  const ground: Ground = {
    catalogue,
    foods: checkedFoods(catalogue),
    table: mealTable(catalogue),
    candidates: catalogue.candidates(inputs.allergens, inputs.profile?.preferences, notToBeOffered(inputs.profile)),
    inputs,
    dishes,
  };
  return [settled(meals[0], 0, ground), settled(meals[1], 1, ground), settled(meals[2], 2, ground)];
}

interface Ground {
  readonly catalogue: Catalogue;
  readonly foods: CheckedFoods;
  readonly table: MealTable;
  readonly candidates: readonly Uint16Array[];
  readonly inputs: PatientInputs;
  /** How many dishes each meal holds; undefined for those of the plan, which may hold fewer. */
  readonly dishes: readonly number[] | undefined;
}

function settled(places: readonly number[], meal: number, ground: Ground): ComposedMeal {
  // Protein is sought whatever the menu brought: of a breakfast nothing else asks for it.
  const brought = (ground.table.kindsOf(places) & VEGETABLE) | PROTEIN;
  const shown = swappedUntilAllFit(composedMeal(places, ground.catalogue), { meal, brought }, ground);
  if ((brought & ~ground.table.kindsOf(shown.offers) & PROTEIN) === 0) return shown;
  const others = withPlainerStaple(shown.offers, places, { ...ground, meal });
  if (others === undefined) return shown;
  return swappedUntilAllFit(composedMeal(others, ground.catalogue), { meal, brought }, ground);
}

function swappedUntilAllFit(first: ComposedMeal, { meal, brought }: { meal: number; brought: number }, ground: Ground): ComposedMeal {
  let shown = first;
  for (let round = 1; ; round += 1) {
    const offers = swapped(shown, meal, ground, round < ROUNDS ? brought : 0);
    if (offers === shown.offers) return shown;
    shown = composedMeal(offers, ground.catalogue);
    if (round > ROUNDS) return shown;
  }
}

/**
 * The dishes with others in place of the alternatives that cannot stand in for any; the same list where all can. The table is laid with the composed meal. `needed` are the kinds that the menu brought and
 * that must not be lost; none the last time, when nothing comes in any more that could be set itself.
 */
function swapped(set: ComposedMeal, meal: number, ground: Ground, needed: number): readonly number[] {
  const { offers, composed } = set;
  const { table, foods } = ground;
  const misfits: number[] = [];
  let staying = 0; // what those bring that stay
  for (let at = 0; at < offers.length; at += 1) {
    const place = offers[at] as number;
    if (at < composed || table.canStandIn(place, offers, composed)) staying |= table.broughtBy(place);
    else misfits.push(at);
  }
  const lost = needed & ~staying;
  if (misfits.length === 0 && lost === 0) return offers;
  const list = [...offers];
  const isBrought = lost !== 0 && bringInWhatIsLost({ list, misfits, lost, most: ground.dishes?.[meal] ?? Infinity }, meal, ground, set);
  if (misfits.length === 0 && !isBrought) return offers;
  let isFewer = false;
  for (let each = 0; each < misfits.length; each += 1) {
    const at = misfits[each] as number;
    const other = another(slotsOfCategory(meal, foods.category[list[at] as number]), ANY, ground, set);
    foods.withdraw(list[at] as number);
    list[at] = other;
    isFewer ||= other < 0;
  }
  return isFewer ? list.filter((place) => place >= 0) : list;
}

/**
 * Of protein and vegetables what no dish brings that stays: another dish brings it, in the place of one of its category. Its place is no misfit any more.
 * @returns whether there was any
 */
function bringInWhatIsLost({ list, misfits, lost, most }: Losing, meal: number, ground: Ground, set: ComposedMeal): boolean {
  const { table, foods } = ground;
  const isLost = (kind: number): boolean => !list.some((place, at) => !misfits.includes(at) && table.brings(place, kind));
  const both = PROTEIN | VEGETABLE;
  let isBrought = false;
  // One that brings both first: two soups would take each other's place.
  for (const kind of lost === both ? [both, PROTEIN, VEGETABLE] : [lost]) {
    if (kind !== both && !isLost(kind)) continue;
    const other = another(slotsOf(meal), { kind, ofSoup: onlyInSoup(list, misfits, set, ground) }, ground, set);
    if (other < 0) continue;
    // The plan's counts stay: of a soup it is the one that is set that gives way.
    const ofCategory = list.flatMap((place, at) => (foods.category[place] === foods.category[other] ? [at] : []));
    const instead = table.brings(other, SOUP) ? ofCategory[0] : (ofCategory.find((at) => misfits.includes(at)) ?? ofCategory.at(-1));
    // Where none gives way it is one more, unless the meal has all dishes already: then the last alternative goes.
    const last = list.length > set.composed && list.length >= most ? list.length - 1 : list.length;
    const at = instead ?? misfits[0] ?? last;
    list[at] = other;
    if (misfits.includes(at)) misfits.splice(misfits.indexOf(at), 1);
    isBrought = true;
  }
  return isBrought;
}

/** What the soup that is set brings and no other dish that stays: a soup in its place has to bring it too, or the tofu of a vegan's breakfast would give way to spinach. */
function onlyInSoup(list: readonly number[], misfits: readonly number[], { offers, composed }: ComposedMeal, { table }: Ground): number {
  const soup = offers.findIndex((place, at) => at < composed && table.brings(place, SOUP));
  if (soup < 0) return 0;
  const others = list.filter((_, at) => at !== soup && !misfits.includes(at));
  return table.broughtBy(offers[soup] as number) & (PROTEIN | VEGETABLE) & ~table.kindsOf(others);
}

/** The dishes of a meal, the places in it of those that will give way, and the kinds that go with them. */
interface Losing {
  readonly list: number[];
  readonly misfits: number[];
  readonly lost: number;
  /** Dishes that the meal holds at most. */
  readonly most: number;
}

function slotsOf(meal: number): readonly number[] {
  return SLOTS_OF_MEAL[meal] ?? [];
}

/** The slots of a meal that take a category (an index in `FOOD_CATEGORIES`). */
function slotsOfCategory(meal: number, category: number | undefined): readonly number[] {
  return SLOTS_OF_CATEGORY[meal]?.[category ?? -1] ?? [];
}

const SLOTS_OF_CATEGORY = SLOTS_OF_MEAL.map((slots) =>
  FOOD_CATEGORIES.map((category) => slots.filter((slot) => MEAL_PLAN[slot]?.category === category)),
);

/** What a dish has to bring, and what a soup has to bring besides. */
interface Wanted {
  readonly kind: number;
  readonly ofSoup: number;
}

/** Of a dish that only has to stand in. */
const ANY: Wanted = { kind: 0, ofSoup: 0 };

/**
 * A dish of these slots of the plan that can stand in, or that brings what the meal lacks and fits beside it (a soup: in place of the one that is set, bringing what that alone brought); -1 where there is none. Where the search begins moves
 * on from day to day, among every second dish first: two days that follow each other seek among different ones.
 */
function another(slots: readonly number[], { kind: wanted, ofSoup }: Wanted, ground: Ground, { offers, composed }: ComposedMeal): number {
  const { foods, table, candidates, inputs } = ground;
  const day = dayNumber(inputs.recordDate);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const list = candidates[slot] ?? NO_DISHES;
    const isInPlace = wanted === 0 || MEAL_PLAN[slot]?.category === 'SOUP_STEW';
    const brings = wanted === 0 || !isInPlace ? wanted : wanted | ofSoup;
    const start = (mix(inputs.userId ^ Math.imul(slot + 1, 0x9e37_79b9)) >>> 16) + day * 5;
    for (let step = 0; step < 2 * list.length; step += 1) {
      const index = (start + step) % list.length;
      if ((index + day) % 2 === (step < list.length ? 1 : 0)) continue;
      const other = list[index] ?? -1;
      if (foods.wasEaten(other) || foods.isOffered(other) || !table.brings(other, brings)) continue;
      if (!(isInPlace ? table.canStandIn(other, offers, composed) : table.fitsBeside(other))) continue;
      foods.offer(other);
      return other;
    }
  }
  return -1;
}

const NO_DISHES = new Uint16Array(0);
