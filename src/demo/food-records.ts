import type { LocalDate } from '../domain/local-date.js';
import { MEALS, type Meal } from './demo-food.js';
import type { DemoDay } from './demo-plan.js';
import type { Menu } from './menu.js';
import type { DemoRandom } from './demo-random.js';

/** A row of `ibsafe_userfoodrecord`. */
export interface DemoFoodRecord {
  readonly date: LocalDate;
  readonly meal: Meal;
  readonly foodId: number;
  /** Grams. */
  readonly amount: number;
}

/**
 * How often a patient who keeps records that day records the meal, and how many dishes it then has. A Korean table is rice, a soup or stew and side
 * dishes, so a meal is two to four records and a diligent day about eight.
 */
const TABLES: Readonly<Record<Meal, { readonly share: number; readonly least: number; readonly most: number }>> = {
  breakfast: { share: 0.72, least: 2, most: 3 },
  lunch: { share: 0.9, least: 2, most: 4 },
  dinner: { share: 0.93, least: 3, most: 4 },
};

/**
 * What a patient recorded on one day: often nothing at all for less diligent patients (`diligence`, a share of days). On the last day
 * `eats` decides instead: at least one record, or none.
 */
export function foodRecordsOf(day: DemoDay, eater: { menu: Menu; diligence: number; eats: boolean }, random: DemoRandom): DemoFoodRecord[] {
  if (day.isLast ? !eater.eats : !random.chance(eater.diligence)) return [];
  const records: DemoFoodRecord[] = [];
  for (const meal of MEALS) {
    if (random.chance(TABLES[meal].share)) addMeal(records, { date: day.date, meal, choice: eater.menu[meal] }, random);
  }
  if (records.length === 0 && day.isLast) addMeal(records, { date: day.date, meal: 'lunch', choice: eater.menu.lunch }, random);
  return records;
}

function addMeal(records: DemoFoodRecord[], at: { date: LocalDate; meal: Meal; choice: readonly number[] }, random: DemoRandom): void {
  const { date, meal, choice } = at;
  const { least, most } = TABLES[meal];
  const dishes = Math.min(choice.length, least + random.below(most - least + 1));
  // Each dish lies in a stretch of the menu of its own, so none comes twice: (user, food, meal, day) is unique.
  const stretch = Math.floor(choice.length / dishes);
  const first = random.below(choice.length);
  for (let dish = 0; dish < dishes; dish += 1) {
    const place = (first + dish * stretch + random.below(stretch)) % choice.length;
    records.push({ date, meal, foodId: choice[place] ?? 0, amount: amount(random) });
  }
}

function amount(random: DemoRandom): number {
  return 50 + 10 * random.below(36);
}
