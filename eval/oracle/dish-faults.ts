import type { Evidence } from './facts.js';
import type { Dish, Ingredient } from './pantry.js';
import { classOf, cooked } from './plate.js';
import { mustNotLessen, refusesDish, unwantedBy } from './preferences.js';
import type { Told } from './told.js';
import { isTooFatty, isTooSalty } from './treated.js';

/** What is wrong with the dishes that are offered, each on its own. `left` are the ids that the summary says are left out of all of them. */
export function dishFaults({ dishes, records }: Evidence, lately: ReadonlySet<Dish>, left: ReadonlySet<string>): string[] {
  const codes = dishes.flatMap(({ served }) => served?.dish.code ?? []);
  const isUnwanted = unwantedBy(records);
  return [
    ...dishes.flatMap((told) => [
      ...faultsOf(told, lately, left),
      ...barred(told, records.avoids),
      ...unwanted(told, isUnwanted),
      ...ofRefusedKind(told, records),
      ...tooMuch(told, records),
    ]),
    ...codes.filter((code, at) => codes.indexOf(code) !== at).map((code) => `REPEATED_DISH ${code}`),
  ];
}

function faultsOf({ label, meal, served }: Told, lately: ReadonlySet<Dish>, left: ReadonlySet<string>): string[] {
  if (served === undefined) return [`UNKNOWN_DISH ${JSON.stringify(label.slice(0, 60))}`];
  const { dish, plate, untold } = served;
  const faults: string[] = [];
  if (classOf(plate) !== 'LOW') faults.push(`NOT_LOW ${dish.code}`);
  if (lately.has(dish)) faults.push(`EATEN_LATELY ${dish.code}`);
  if (!dish.meals.includes(meal)) faults.push(`WRONG_MEAL ${dish.code}`);
  if ([...untold].some((id) => !left.has(id))) faults.push(`CHANGE_NOT_TOLD ${dish.code}`);
  return faults;
}

/** A dish with something in it that this patient must avoid. */
export function barred({ served }: Told, avoids: ReadonlySet<string>): string[] {
  return [...(served?.plate.mayHold ?? [])].filter((each) => avoids.has(each)).map((each) => `HOLDS_AVOIDED ${each} ${served?.dish.code}`);
}

/** A dish of a kind that this patient does not eat. */
function ofRefusedKind({ served }: Told, records: Evidence['records']): string[] {
  return served !== undefined && refusesDish(records, served.dish) ? [`NOT_WANTED ${served.dish.category} ${served.dish.code}`] : [];
}

/** A dish, as it is offered, with more salt or fat than is for this patient. */
function tooMuch({ served }: Told, records: Evidence['records']): string[] {
  if (served === undefined) return [];
  const { plate, dish } = served;
  return [
    ...(isTooSalty(plate.parts, records) ? [`SALTY ${dish.code}`] : []),
    ...(isTooFatty(plate.parts, records, mustNotLessen(records)) ? [`FATTY ${dish.code}`] : []),
  ];
}

/** A dish with something in it, as it is offered, that is not for this patient. */
function unwanted({ served }: Told, isUnwanted: (ingredient: Ingredient) => boolean): string[] {
  const parts = served === undefined ? [] : (cooked(served.dish.recipe, served.changes) ?? []);
  return parts.filter(({ of }) => isUnwanted(of)).map(({ of }) => `NOT_WANTED ${of.id} ${served?.dish.code}`);
}
