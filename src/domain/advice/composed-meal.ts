import type { Catalogue } from './catalogue/catalogue.js';
import { BOWL, mealTable, PROTEIN, SOUP, STAPLE, VEGETABLE, type MealTable } from './meal-table.js';

/** A meal in the order in which it is shown. */
export interface ComposedMeal {
  /** Places in `Catalogue.offers`. */
  readonly offers: readonly number[];
  /** How many of them, from the first, are one meal that can be eaten together. */
  readonly composed: number;
}

/**
 * Puts the dishes of a meal in order: first one meal that can be eaten together (a staple, a soup, a protein and a vegetable dish, as far as they are there), then the
 * alternatives. Together means that no FODMAP kind stacks above what is low: what does not fit beside the dishes before it is left for the alternatives.
 */
export function composedMeal(all: readonly number[], catalogue: Catalogue): ComposedMeal {
  const table = mealTable(catalogue);
  const offers = mostWhole(table, all);
  const composed = offers.length;
  for (let at = 0; at < all.length; at += 1) if (!table.isSeated(all[at] as number)) offers.push(all[at] as number);
  return { offers, composed };
}

/**
 * The dishes that are set: with the first staple and the first protein dish that fits beside it, unless protein or vegetables find no place so. Then the vegetables have the first choice, or a soup with
 * protein (the tofu of a vegan's breakfast is in the soup), or another staple is set, until both have one and no meat, fish, egg or soy food is there twice; where that cannot be, it is the first try of those that come nearest.
 */
function mostWhole(table: MealTable, all: readonly number[]): number[] {
  const wanted = table.kindsOf(all) & (PROTEIN | VEGETABLE);
  const lacks = (set: readonly number[]): number => weightOf(wanted & ~table.kindsOf(set)) * (2 * MAX_DOUBLED) + table.doubled;
  const first = seatFrom(table, all, all, PROTEIN);
  let [best, fewest] = [{ staples: all, before: PROTEIN }, lacks(first)];
  if (fewest === 0) return first;
  for (const staple of all) {
    if (!table.brings(staple, STAPLE)) continue;
    for (const before of [PROTEIN, VEGETABLE, SOUP]) {
      // A soup in place of a main dish is for protein or vegetables that are lacking, and not for what is there twice.
      const lacking = lacks(seatFrom(table, all, [staple], before)) + (before === SOUP ? MAX_DOUBLED : 0);
      if (lacking < fewest) [best, fewest] = [{ staples: [staple], before }, lacking];
    }
  }
  return seatFrom(table, all, best.staples, best.before);
}

/** More than the dishes of a meal that can be of what another one is of: what it lacks weighs more than what it has twice. */
const MAX_DOUBLED = 4;

/** What it costs a meal to be without these: protein more than vegetables, which a soup or a side dish brings more easily. */
function weightOf(lacking: number): number {
  return ((lacking & PROTEIN) === 0 ? 0 : 2) + ((lacking & VEGETABLE) === 0 ? 0 : 1);
}

/**
 * Protein and vegetables as dishes of their own: a second soup, or a porridge beside rice, is no meal. One dish of meat or fish is enough: vegetables are those in it or in the rice, a side dish or the soup, and a
 * second dish of meat with vegetables only where there are none of these. The kind that comes `before` has its choice.
 */
function seatFrom(table: MealTable, all: readonly number[], staples: readonly number[], before: number): number[] {
  table.clear();
  const staple = table.seat(staples, STAPLE);
  if (before === PROTEIN) return seatOneMain(table, all, staple);
  if (before === SOUP) return seatSoupFirst(table, all, staple);
  const vegetable = table.seat(all, VEGETABLE, STAPLE | SOUP);
  const protein = table.seat(all, PROTEIN, STAPLE | SOUP);
  const soup = seatSoup(table, all, (protein < 0 ? PROTEIN : 0) | (vegetable < 0 ? VEGETABLE : 0));
  const set: number[] = [];
  if (staple >= 0) set.push(staple);
  if (soup >= 0) set.push(soup);
  if (protein >= 0) set.push(protein);
  if (vegetable >= 0) set.push(vegetable);
  return set;
}

function seatOneMain(table: MealTable, all: readonly number[], staple: number): number[] {
  const protein = table.seat(all, PROTEIN, STAPLE | SOUP);
  const side = table.seat(all, VEGETABLE, STAPLE | SOUP | PROTEIN);
  const has = kindsOf(table, [staple, protein, side]);
  const soup = seatSoup(table, all, (PROTEIN | VEGETABLE) & ~has);
  const isLacking = (kindsOf(table, [staple, protein, side, soup]) & VEGETABLE) === 0;
  const second = isLacking ? table.seat(all, VEGETABLE, STAPLE | SOUP) : -1;
  return [staple, soup, protein, side, second].filter((place) => place >= 0);
}

/** The soup with the protein of the meal, and what vegetables fit beside it. */
function seatSoupFirst(table: MealTable, all: readonly number[], staple: number): number[] {
  const soup = table.seat(all, SOUP | PROTEIN, BOWL);
  const side = table.seat(all, VEGETABLE, STAPLE | SOUP | PROTEIN);
  return [staple, soup, side].filter((place) => place >= 0);
}

function kindsOf(table: MealTable, places: readonly number[]): number {
  return places.reduce((bits, place) => (place < 0 ? bits : bits | table.broughtBy(place)), 0);
}

/** A soup, one that brings what the meal lacks where there is one; none that is a bowl by itself, for a meal has one staple. */
function seatSoup(table: MealTable, all: readonly number[], lacking: number): number {
  if (lacking !== 0) {
    for (const brings of [lacking, lacking & PROTEIN, lacking & VEGETABLE]) {
      const soup = table.seat(all, SOUP | brings, BOWL);
      if (soup >= 0) return soup;
    }
  }
  return table.seat(all, SOUP, BOWL);
}
