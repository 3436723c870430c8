import { TOLD_ONCE, type Menu, type Served } from './menu.js';
import { fitTogether } from './plate.js';
import type { SavedRow } from './records.js';
import { MEALS, type Tongue } from './words.js';

/** A dish of `diet_target`, as the row tells it. */
export interface Told {
  readonly label: string;
  readonly meal: string;
  /** How it is cooked by what the patient reads; undefined for a label that is no dish cooked as the data files allow. */
  readonly served: Served | undefined;
  /** Whether it can be part of the meal that the first dishes make: among the first four, and stacking to no more than what is low. */
  readonly canBeComposed: boolean;
}

/** The dishes of a row. `left` are the ids that its summary says are left out of all of them. */
export function toldDishes({ dietTarget }: SavedRow, menu: Menu, left: ReadonlySet<string>): Told[] {
  if (dietTarget === null) return [];
  const meals = [dietTarget.Breakfast, dietTarget.Lunch, dietTarget.Dinner];
  return meals.flatMap((labels, at) => mealOf(labels.map((label) => served(label, menu, left)), { labels, meal: MEALS[at] ?? '' })); // prettier-ignore
}

/** Of the ways that a label allows, the one that changes most of what the summary tells; one that changes more only where there is no other. */
function served(label: string, menu: Menu, left: ReadonlySet<string>): Served | undefined {
  const ways = menu.serving(label);
  return ways.findLast(({ untold }) => [...untold].every((id) => left.has(id))) ?? ways[0];
}

function mealOf(ways: readonly (Served | undefined)[], { labels, meal }: { labels: readonly string[]; meal: string }): Told[] {
  return ways.map((way, at) => {
    const first = ways.slice(0, at + 1);
    const plates = first.flatMap((each) => each?.plate ?? []);
    return { label: labels[at] ?? '', meal, served: way, canBeComposed: at < 4 && fitTogether(plates) };
  });
}

/** Ids that a list of words names ("마늘·양파", "garlic, onion and kelp"); undefined where a word names none, or the list does not read as people write one. */
export function leftOutIn(words: string, tongue: Tongue): ReadonlySet<string> | undefined {
  const list = tongue === 'ko' ? words.split('·') : listedIn(words);
  const ids = list.map((word) => Object.keys(TOLD_ONCE).find((id) => TOLD_ONCE[id]?.[tongue] === word)); // prettier-ignore
  return ids.includes(undefined) ? undefined : new Set(ids as string[]);
}

/** The words of an English list: commas between them, and the last one behind an "and". */
function listedIn(words: string): string[] {
  const [, most, last] = /^(.+) and ([^,]+)$/u.exec(words) ?? [];
  if (most === undefined || last === undefined) return words.includes(',') ? [''] : [words];
  return [...most.split(', '), last];
}

/** Ids that the dishes need to have told. */
export function leftOutOf(dishes: readonly Told[]): ReadonlySet<string> {
  return new Set(dishes.flatMap(({ served: way }) => [...(way?.untold ?? [])]));
}
