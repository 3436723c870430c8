import { ALLERGENS, allergenBit, type Allergen } from '../domain/advice/restrictions.js';
import { addDays, localDate, type LocalDate } from '../domain/local-date.js';
import type { DemoRandom } from './demo-random.js';

/** A patient's row of `ibsafe_userprofile`. */
export interface DemoProfile {
  readonly phoneNumber: string | null;
  readonly gender: 'male' | 'female' | null;
  readonly birthDate: LocalDate | null;
  /** Centimetres. */
  readonly height: number | null;
  /** Kilograms, one decimal. */
  readonly weight: number | null;
  /** The patient's own daily goals: steps, minutes of sleep, millilitres of water. */
  readonly stepGoal: number;
  readonly sleepGoalMinutes: number;
  readonly waterGoalMl: number;
  readonly hasBreakfast: boolean;
  readonly hasLunch: boolean;
  readonly hasDinner: boolean;
  /** Bits of `allergenBit` for allergies in the strict sense: MILK is `has_lactose_allergy`. */
  readonly allergies: number;
  readonly lactoseIntolerance: boolean;
  readonly foodPreference: string | null;
}

/** Share of patients with each allergy: our round figures, near those of adults; enough of each for a run to meet it. */
export const ALLERGY_SHARES: Readonly<Record<Allergen, number>> = {
  GLUTEN: 0.02,
  MILK: 0.01,
  NUT: 0.03,
  SEAFOOD: 0.04,
  EGG: 0.02,
  SOY: 0.01,
};

/** Share of patients with lactose intolerance: common in Korea, and the condition the original overlooked (IBSAFE.md §4, defect 6). */
export const LACTOSE_INTOLERANCE_SHARE = 0.25;

const ALLERGIES = ALLERGENS.map((allergen) => ({ bit: allergenBit(allergen), share: ALLERGY_SHARES[allergen] }));
const PREFERENCES = ['한식', '담백한 음식', '따뜻한 음식', '생선', '매운 음식'];

/** Invents a profile; ages run from 19 to 78 in the year of `until`, and a field is left empty now and then. */
export function demoProfile(until: LocalDate, random: DemoRandom): DemoProfile {
  const gender = random.chance(0.55) ? 'female' : 'male';
  const height = gender === 'female' ? random.around(160, 5.5) : random.around(173, 6);
  const bodyMassIndex = random.around(230, 28) / 10;
  return {
    phoneNumber: random.chance(0.8) ? `010-0000-${String(random.below(10_000)).padStart(4, '0')}` : null,
    gender: random.chance(0.97) ? gender : null,
    birthDate: random.chance(0.95) ? birthDate(until, random) : null,
    height: random.chance(0.93) ? height : null,
    weight: random.chance(0.92) ? Math.round((bodyMassIndex * height * height) / 1000) / 10 : null,
    stepGoal: 1_000 * (5 + random.below(6)),
    sleepGoalMinutes: 420 + 30 * random.below(3),
    waterGoalMl: 1_000 + 250 * random.below(5),
    hasBreakfast: random.chance(0.72),
    hasLunch: random.chance(0.97),
    hasDinner: random.chance(0.95),
    allergies: ALLERGIES.reduce((mask, { bit, share }) => (random.chance(share) ? mask | bit : mask), 0),
    lactoseIntolerance: random.chance(LACTOSE_INTOLERANCE_SHARE),
    foodPreference: random.chance(0.4) ? random.pick(PREFERENCES) : null,
  };
}

function birthDate(until: LocalDate, random: DemoRandom): LocalDate {
  const year = Number(until.slice(0, 4)) - 19 - random.below(60);
  return addDays(localDate(`${year}-01-01`), random.below(365));
}
