import type { LocalDate } from '../../domain/local-date.js';
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

/** How often a patient who keeps records that day records the meal, and how often it then has a second food: about 3 records a day. */
const MEAL_SHARES: Readonly<Record<Meal, number>> = { breakfast: 0.72, lunch: 0.9, dinner: 0.93 };
const SECOND_FOOD_SHARE = 0.35;

/**
 * What a patient recorded on one day: often nothing at all for less diligent patients (`diligence`, a share of days). On the last day
 * `eats` decides instead: at least one record, or none.
 */
export function foodRecordsOf(day: DemoDay, eater: { menu: Menu; diligence: number; eats: boolean }, random: DemoRandom): DemoFoodRecord[] {
  if (day.isLast ? !eater.eats : !random.chance(eater.diligence)) return [];
  const records: DemoFoodRecord[] = [];
  for (const meal of MEALS) {
    if (random.chance(MEAL_SHARES[meal])) addMeal(records, { date: day.date, meal, choice: eater.menu[meal] }, random);
  }
  if (records.length === 0 && day.isLast) addMeal(records, { date: day.date, meal: 'lunch', choice: eater.menu.lunch }, random);
  return records;
}

function addMeal(records: DemoFoodRecord[], at: { date: LocalDate; meal: Meal; choice: readonly number[] }, random: DemoRandom): void {
  const { date, meal, choice } = at;
  const first = random.below(choice.length);
  records.push({ date, meal, foodId: choice[first] ?? 0, amount: amount(random) });
  if (choice.length === 1 || !random.chance(SECOND_FOOD_SHARE)) return;
  // A step of 1 to length - 1 from the first food cannot land on it again: (user, food, meal, day) is unique.
  const second = (first + 1 + random.below(choice.length - 1)) % choice.length;
  records.push({ date, meal, foodId: choice[second] ?? 0, amount: amount(random) });
}

function amount(random: DemoRandom): number {
  return 50 + 10 * random.below(36);
}
