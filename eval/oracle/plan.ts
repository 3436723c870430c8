import type { Menu } from './menu.js';
import type { Larder } from './larder.js';
import type { Dish, Ingredient, Part } from './pantry.js';
import { classOf, cooked, fitTogether, plateOf, type Plate } from './plate.js';
import type { Foods, PatientRecords } from './records.js';
import type { Told } from './told.js';
import { MEALS, type Avoided } from './words.js';

/** Dishes of each category that a day of the rules holds. Source: the figures of IBSafe's own rule engine. */
const PLAN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  BREAKFAST: { RICE: 2, PORRIDGE: 2, SOUP_STEW: 2, SIDE_DISH: 2, FRUIT: 1, SNACK: 1, DRINK: 1 },
  LUNCH: { RICE: 2, NOODLE: 2, SOUP_STEW: 2, PROTEIN_MAIN: 4 },
  DINNER: { RICE: 2, PORRIDGE: 1, SOUP_STEW: 2, PROTEIN_MAIN: 4 },
};
/** Dishes a meal that a model may choose at most, and the fewest of a meal that is not said to be short. */
const MAX_OF_MODEL = 6;
const FEW = 4;

/** What is wrong with the dishes of a day as a whole. */
export function planFaults(dishes: readonly Told[], could: Possible, isOfRules: boolean): string[] {
  return MEALS.flatMap((meal) => {
    const own = dishes.filter((each) => each.meal === meal);
    const counts = Map.groupBy(own, ({ served }) => served?.dish.category ?? '');
    const isOver = isOfRules
      ? [...counts].some(([category, each]) => each.length > (PLAN[meal]?.[category] ?? 0))
      : own.length > MAX_OF_MODEL;
    const elsewhere = new Set(dishes.flatMap((each) => (each.meal === meal ? [] : (each.served?.dish.code ?? []))));
    const others = could.at(meal).filter(({ dish }) => !elsewhere.has(dish.code));
    // What would stack beside the meal that is set cannot be asked for.
    const set = own.filter(({ canBeComposed }) => canBeComposed).flatMap(({ served }) => served?.plate ?? []);
    const lacks = (fits: (plate: Plate, dish: Dish) => boolean): boolean => {
      const has = own.some(({ served }) => served !== undefined && fits(served.plate, served.dish));
      return !has && others.some(({ plate, dish }) => fits(plate, dish) && fitTogether([...set, plate]));
    };
    return [
      ...(isOver ? [`OUT_OF_PLAN ${meal}`] : []),
      ...(own.length < FEW && others.length >= 2 * MAX_OF_MODEL ? [`TOO_FEW_DISHES ${meal}`] : []),
      ...(meal === 'BREAKFAST' && lacks(isNoStaple) ? ['ONLY_STAPLES BREAKFAST'] : []),
      ...(lacks(isProtein) ? [`NO_PROTEIN ${meal}`] : []),
      ...(meal !== 'BREAKFAST' && lacks(isVegetable) ? [`NO_VEGETABLE ${meal}`] : []),
    ];
  });
}

function isProtein(plate: Plate): boolean {
  return plate.proteinGrams >= 40;
}

function isVegetable(plate: Plate): boolean {
  return plate.vegetableGrams >= 50;
}

function isNoStaple(_: Plate, { category }: Dish): boolean {
  return !['RICE', 'PORRIDGE', 'NOODLE'].includes(category);
}

/** Whether a meal has nothing that brings protein, or nothing that brings vegetables. */
export function isWithout(meal: readonly Told[]): boolean {
  const plates = meal.flatMap(({ served }) => served?.plate ?? []);
  return !plates.some(isProtein) || !plates.some(isVegetable);
}

/** Categories of the plan of which the meals hold fewer dishes than planned. */
export function shortagesOf(dishes: readonly Told[]): number {
  const held = (meal: string, category: string): number => dishes.filter((each) => each.meal === meal && each.served?.dish.category === category).length; // prettier-ignore
  return MEALS.flatMap((meal) => Object.entries(PLAN[meal] ?? {}).filter(([category, count]) => held(meal, category) < count)).length;
}

interface PossibleDish {
  readonly dish: Dish;
  readonly plate: Plate;
}

/** What could be offered to a patient, at each meal: in the plan's categories, low as offered, without what they avoid and what they ate lately. */
export class Possible {
  constructor(
    private readonly ways: Ways,
    private readonly avoids: ReadonlySet<Avoided>,
    private readonly lately: ReadonlySet<Dish>,
    private readonly isUnwanted: { of(ingredient: Ingredient): boolean; plate(parts: readonly Part[]): boolean },
  ) {}

  at(meal: string): readonly PossibleDish[] {
    const isWanted = ({ dish, plate }: PossibleDish): boolean =>
      !this.lately.has(dish) && !dish.recipe.some(({ of }) => this.isUnwanted.of(of)) && !this.isUnwanted.plate(plate.parts);
    return this.ways.at(meal, this.avoids).filter(isWanted);
  }
}

/** The ways to offer each dish of a meal's plan, worked out once for each set of what is avoided. */
export class Ways {
  readonly #low: readonly PossibleDish[];
  readonly #known = new Map<string, readonly PossibleDish[]>();

  constructor({ pantry }: Menu) {
    this.#low = pantry.dishes.flatMap((dish) =>
      dish.ways.flatMap((changes) => {
        const parts = cooked(dish.recipe, changes);
        const plate = parts && plateOf(parts);
        return plate !== null && classOf(plate) === 'LOW' ? [{ dish, plate }] : [];
      }),
    );
  }

  at(meal: string, avoids: ReadonlySet<Avoided>): readonly PossibleDish[] {
    const key = `${meal} ${[...avoids].toSorted().join(' ')}`;
    let ways = this.#known.get(key);
    if (ways === undefined) {
      const fits = this.#low.filter(({ dish, plate }) => {
        const isPlanned = dish.category in (PLAN[meal] ?? {}) && dish.meals.includes(meal);
        return isPlanned && [...avoids].every((each) => !plate.mayHold.has(each));
      });
      const first = new Map<Dish, PossibleDish>();
      for (const each of fits) if (!first.has(each.dish)) first.set(each.dish, each);
      this.#known.set(key, (ways = [...first.values()]));
    }
    return ways;
  }
}

/** Dishes that were eaten on the record date or the two days before. */
export function eatenLately({ eaten }: PatientRecords, foods: Foods, larder: Larder): ReadonlySet<Dish> {
  return new Set(
    eaten.flatMap(({ foodId }) => {
      const row = foods.get(foodId);
      const dish = row && larder.dishOf(row);
      return dish === undefined ? [] : [dish];
    }),
  );
}
