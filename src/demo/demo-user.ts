import type { LocalDate } from '../domain/local-date.js';
import { demoAccount, type DemoAccount } from './demo-guard.js';
import { demoProfile, type DemoProfile } from './demo-profile.js';
import type { DemoPlan, DemoDay, Menu } from './demo-plan.js';
import { drawWalkingHabit, exerciseRecordOf, type DemoExerciseRecord } from './exercise-records.js';
import { DemoRandom } from './demo-random.js';
import { MEALS, type Meal } from './demo-food.js';

/** A row of `ibsafe_usersleeprecord`. */
interface DemoSleepRecord {
  readonly date: LocalDate;
  readonly sleepMinutes: number;
}

const GAPS = 0.12;

/** A patient's mean sleep in minutes: from the very short to the too long of IBSAFE.md §3. */
function drawMeanSleep(random: DemoRandom): number {
  return Math.min(660, Math.max(210, random.around(405, 75)));
}

/** What the patient slept in the night that ended on this day, or undefined for a day without a record. */
function sleepRecordOf(day: DemoDay, meanMinutes: number, random: DemoRandom): DemoSleepRecord | undefined {
  if (random.chance(GAPS)) return undefined;
  return { date: day.date, sleepMinutes: Math.min(840, Math.max(60, random.around(meanMinutes, 40))) };
}

/**
 * What a patient's last day holds for the run that judges it: everything it needs, or one thing amiss. The shares make a run show every
 * reason for a skip: about four in five patients get advice, as in the measurements of the original (STACK.md, last section).
 */
type LastDay = 'READY' | 'NO_FOOD' | 'NO_EXERCISE' | 'NO_RECORDS' | 'HAS_INTERVENTION' | 'NO_PROFILE';

/** Share of patients by last day; who is in none of these is `READY` (80.5 %). */
export const LAST_DAY_SHARES = [
  { lastDay: 'NO_FOOD', share: 0.07 },
  { lastDay: 'NO_EXERCISE', share: 0.06 },
  { lastDay: 'NO_RECORDS', share: 0.03 },
  { lastDay: 'HAS_INTERVENTION', share: 0.02 },
  { lastDay: 'NO_PROFILE', share: 0.015 },
] as const;

/** Draws a patient's last day by the shares. */
function drawLastDay(random: DemoRandom): LastDay {
  let left = random.fraction();
  for (const { lastDay, share } of LAST_DAY_SHARES) {
    left -= share;
    if (left < 0) return lastDay;
  }
  return 'READY';
}

/** Whether the last day has a food record. */
function eatsOnLastDay(lastDay: LastDay): boolean {
  return lastDay !== 'NO_FOOD' && lastDay !== 'NO_RECORDS';
}

/** Whether the last day has an exercise record. */
function walksOnLastDay(lastDay: LastDay): boolean {
  return lastDay !== 'NO_EXERCISE' && lastDay !== 'NO_RECORDS';
}

/** A row of `ibsafe_userfoodrecord`. */
interface DemoFoodRecord {
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
function foodRecordsOf(day: DemoDay, eater: { menu: Menu; diligence: number; eats: boolean }, random: DemoRandom): DemoFoodRecord[] {
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

/** An invented patient with everything IBSafe would hold of them. Records are oldest first; those of sleep go on to the morning after the last day. */
export interface DemoUser {
  /** The id of `auth_user`, which is the patient's number in the demo. */
  readonly id: number;
  readonly account: DemoAccount;
  readonly profile: DemoProfile | null;
  /** What the last day was made to be; the records below agree with it. */
  readonly lastDay: LastDay;
  readonly food: readonly DemoFoodRecord[];
  readonly exercise: readonly DemoExerciseRecord[];
  readonly sleep: readonly DemoSleepRecord[];
  /** The record date of the intervention that is there before any run; null for most. */
  readonly interventionOn: LocalDate | null;
}

/** The key of the stream that says who a patient is, where a day's stream has the day's number: no calendar day reaches this one. */
const PERSON = 0x7fff_ffff;

/**
 * Invents patient `userNumber` (from 1) of a demo. Pure: the plan and the number decide everything. A patient does not depend on how many
 * others there are, and a day's records depend only on the day and on whether it is the last: a longer demo has the same last days.
 */
export function demoUser(plan: DemoPlan, userNumber: number): DemoUser {
  const person = new DemoRandom(plan.seed, userNumber, PERSON);
  const account = demoAccount(userNumber, plan.until, person);
  const lastDay = drawLastDay(person);
  const profile = demoProfile(plan.until, person);
  const eater = { menu: plan.menuFor(profile.allergies), diligence: 0.78 + 0.22 * person.fraction(), eats: eatsOnLastDay(lastDay) };
  const habit = { ...drawWalkingHabit(person), walks: walksOnLastDay(lastDay) };
  const meanSleep = drawMeanSleep(person);

  const food: DemoFoodRecord[] = [];
  const exercise: DemoExerciseRecord[] = [];
  const sleep: DemoSleepRecord[] = [];
  for (const day of plan.days) {
    const random = new DemoRandom(plan.seed, userNumber, day.number);
    const walked = exerciseRecordOf(day, habit, random);
    if (walked !== undefined) exercise.push(walked);
    const slept = sleepRecordOf(day, meanSleep, random);
    if (slept !== undefined) sleep.push(slept);
    food.push(...foodRecordsOf(day, eater, random));
  }
  // Nights are recorded on the morning they end: the last day's is there by the time its records are judged, for the sleep program to read.
  const morning = sleepRecordOf(plan.morning, meanSleep, new DemoRandom(plan.seed, userNumber, plan.morning.number));
  if (morning !== undefined) sleep.push(morning);
  const interventionOn = lastDay === 'HAS_INTERVENTION' ? plan.until : null;
  return { id: userNumber, account, profile: lastDay === 'NO_PROFILE' ? null : profile, lastDay, food, exercise, sleep, interventionOn };
}
