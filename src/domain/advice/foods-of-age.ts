import type { PatientProfile, RefusedFoods } from './patient-inputs.js';

/** Whole years from which on no rice cake is offered. Source: KDCA 2026, who choked in 23 emergency departments: two thirds were 70 or older, and food with rice cake was the cause of most. */
const NO_RICE_CAKE_FROM = 70;
/** Words of the catalogue for it. */
const RICE_CAKE = '가래떡';

/** For all old people whose text refuses nothing. */
const NOTHING_ELSE: RefusedFoods = { words: [RICE_CAKE], avoided: [], isUnnamed: false };
/** A cache: what a text refuses is worked out once for each text, and so it has to be one object. */
const known = new WeakMap<RefusedFoods, RefusedFoods>();

/** What no dish offered may hold: what the profile's text refuses, and what is not safe at the patient's age. */
export function notToBeOffered(profile: PatientProfile | undefined): RefusedFoods | undefined {
  const refuses = profile?.refuses;
  if ((profile?.age ?? 0) < NO_RICE_CAKE_FROM) return refuses;
  if (refuses === undefined) return NOTHING_ELSE;
  let all = known.get(refuses);
  if (all === undefined) known.set(refuses, (all = { ...refuses, words: [...refuses.words, RICE_CAKE] }));
  return all;
}
