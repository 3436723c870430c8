import type { LocalDate } from '../domain/local-date.js';
import { demoAccount, type DemoAccount } from './demo-account.js';
import { demoProfile, type DemoProfile } from './demo-profile.js';
import type { DemoPlan } from './demo-plan.js';
import { drawWalkingHabit, exerciseRecordOf, type DemoExerciseRecord } from './exercise-records.js';
import { foodRecordsOf, type DemoFoodRecord } from './food-records.js';
import { drawLastDay, eatsOnLastDay, walksOnLastDay, type LastDay } from './last-day.js';
import { DemoRandom } from './demo-random.js';
import { drawMeanSleep, sleepRecordOf, type DemoSleepRecord } from './sleep-records.js';

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
