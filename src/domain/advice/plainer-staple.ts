import { isStaple } from './catalogue/dish-kinds.js';
import { PLANNED, type CheckedFoods } from './checked-foods.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';
import { PROTEIN, STAPLE, type MealTable } from './meal-table.js';

/** What a meal is laid with. */
interface Larder {
  readonly foods: CheckedFoods;
  readonly table: MealTable;
  /** `Catalogue.candidates` of the patient. */
  readonly candidates: readonly Uint16Array[];
  /** Index in `MEALS`. */
  readonly meal: number;
  /** How many dishes each meal holds; undefined for those of the plan. */
  readonly dishes: readonly number[] | undefined;
}

/**
 * The dishes of a meal that lost its protein because no staple of it was plain enough to be eaten with it: tofu with vegetables and radish rice are more than low together. Another staple takes the place of
 * the last of its category, and the protein dish of the menu is there again. Undefined where there is none.
 */
export function withPlainerStaple(shown: readonly number[], menu: readonly number[], larder: Larder): readonly number[] | undefined {
  const { foods, table } = larder;
  const lost = menu.filter((place) => table.brings(place, PROTEIN) && !table.brings(place, STAPLE) && !foods.isOffered(place));
  for (const protein of lost) {
    for (const staple of staplesOf(larder)) {
      const at = shown.findLastIndex((place) => foods.category[place] === foods.category[staple]);
      if (at < 0 || !fitsBeside(protein, staple, table)) continue;
      const list = [...shown];
      foods.withdraw(list[at] as number);
      list[at] = staple;
      foods.offer(staple);
      foods.offer(protein);
      return seated(list, protein, larder);
    }
  }
  return undefined;
}

/** Puts the protein dish into the list: as one more, or in the place of the last of its category where the meal has all of them. */
function seated(list: number[], protein: number, { foods, meal, dishes }: Larder): readonly number[] {
  const category = foods.category[protein];
  const own = list.flatMap((place, at) => (foods.category[place] === category ? [at] : []));
  const isFull = own.length >= (PLANNED[meal]?.[category ?? -1] ?? 0) || (dishes !== undefined && list.length >= (dishes[meal] ?? 0));
  const at = isFull ? (own.at(-1) ?? list.length - 1) : list.length;
  if (isFull) foods.withdraw(list[at] as number);
  list[at] = protein;
  return list;
}

function fitsBeside(protein: number, staple: number, table: MealTable): boolean {
  table.clear();
  return table.seat([staple], STAPLE) >= 0 && table.seat([protein], PROTEIN) >= 0;
}

/** Staples of the meal that are not offered yet and were not eaten lately. */
function staplesOf({ foods, candidates, meal }: Larder): number[] {
  const slots = (SLOTS_OF_MEAL[meal] ?? []).filter((slot) => {
    const category = MEAL_PLAN[slot]?.category;
    return category !== undefined && category !== 'NOODLE' && isStaple(category);
  });
  return slots.flatMap((slot) => [...(candidates[slot] ?? [])]).filter((place) => !foods.isOffered(place) && !foods.wasEaten(place));
}
