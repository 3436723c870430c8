import { forbidsLess, speaksOfCare } from '../src/domain/advice/care-words.js';
import { asPatient } from '../src/domain/advice/kin.js';
import { isUnderweight } from '../src/domain/advice/low-weight.js';
import { allergensSaid, upsetsSaid } from '../src/domain/advice/food-allergies.js';
import { refusedFoodsOf } from '../src/domain/advice/refused-foods.js';
import { treatedDietsOf } from '../src/domain/advice/treated-diets.js';
import { preferencesOf } from '../src/domain/advice/food-preferences.js';
import type { PatientInputs, PatientProfile } from '../src/domain/advice/patient-inputs.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit } from '../src/domain/advice/restrictions.js';
import { userId } from '../src/domain/ids.js';
import { localDate } from '../src/domain/local-date.js';
import type { DayRow, PatientRecords, Profile } from './oracle/records.js';

/** The records of a patient as the service reads them. Written for the generators that are evaluated: the oracle looks at the records themselves. */
export function inputsOf(records: PatientRecords): PatientInputs {
  const { avoids, eaten, profile } = records;
  const preference = asPatient(profile?.preference ?? '', yearsOf(records));
  const today = eaten.filter(({ daysAgo }) => daysAgo === 0);
  const steps = oldestFirst(records.steps);
  const allergens = ALLERGENS.reduce((mask, each) => (avoids.has(each) ? mask | allergenBit(each) : mask), 0);
  return {
    userId: userId(records.userId),
    recordDate: localDate(records.recordDate),
    allergens: allergens | (avoids.has('LACTOSE') ? LACTOSE_INTOLERANCE_BIT : 0) | allergensSaid(preference),
    upsets: upsetsSaid(preference) & ~allergens,
    today: today.map(({ foodId }) => foodId),
    amounts: today.map(({ amount }) => amount ?? 0),
    mealsEaten: today.map(({ meal }) => ['breakfast', 'lunch', 'dinner'].indexOf(meal)),
    recent: eaten.toSorted((a, b) => a.daysAgo - b.daysAgo).map(({ foodId }) => foodId),
    steps: steps.map(({ value }) => value),
    stepDays: steps.map(({ daysAgo }) => daysAgo),
    sleep: oldestFirst(records.sleep).map(({ value }) => value),
    ...(profile === null ? {} : { profile: profileOf(profile, yearsOf(records), allergens !== 0) }),
    ...(records.lowDays === null ? {} : { lowDays: records.lowDays }),
    earlierGoals: oldestFirst(records.goals).map(({ daysAgo, value }) => ({ daysAgo, goal: value })),
  };
}

function profileOf(profile: Profile, age: number | null, hasAllergy: boolean): PatientProfile {
  const { hasBreakfast, hasLunch, hasDinner, water, height, weight } = profile;
  const text = asPatient(profile.preference ?? '', age);
  const isThin = typeof height === 'number' && typeof weight === 'number' && isUnderweight(`${height} ${weight}`, age);
  return {
    skips: [!hasBreakfast, !hasLunch, !hasDinner],
    waterMl: water,
    age,
    needsCare: isThin || speaksOfCare(text),
    mustNotRestrict: isThin || forbidsLess(text),
    preferences: preferencesOf(text),
    treatedDiets: treatedDietsOf(text),
    refuses: refusedFoodsOf(text, { hasAllergy }),
  };
}

function yearsOf({ recordDate, profile }: PatientRecords): number | null {
  const born = profile?.birthDate ?? null;
  if (born === null) return null;
  const [date, birth] = [new Date(recordDate), new Date(born)];
  const isBefore = date.getUTCMonth() * 31 + date.getUTCDate() < birth.getUTCMonth() * 31 + birth.getUTCDate();
  const years = date.getUTCFullYear() - birth.getUTCFullYear() - (isBefore ? 1 : 0);
  return years < 0 || years > 120 ? null : years;
}

function oldestFirst(rows: readonly DayRow[]): DayRow[] {
  return rows.toSorted((a, b) => b.daysAgo - a.daysAgo);
}
