import { wholeFigure } from './record-lists.js';
import { forbidsLess, speaksOfCare } from '../domain/advice/care-words.js';
import { allergensSaid, upsetsSaid } from '../domain/advice/food-allergies.js';
import { asPatient } from '../domain/advice/kin.js';
import { isUnderweight } from '../domain/advice/low-weight.js';
import { treatedDietsOf } from '../domain/advice/treated-diets.js';
import { preferencesOf } from '../domain/advice/food-preferences.js';
import { refusedFoodsOf } from '../domain/advice/refused-foods.js';
import type { PatientProfile, RefusedFoods } from '../domain/advice/patient-inputs.js';
import { ALLERGEN_BITS } from '../domain/advice/restrictions.js';
import type { LocalDate } from '../domain/local-date.js';

/** Characters of `food_preference` that are read: a wish list, not a diary. */
const PREFERENCE_LENGTH = 300;

/** What is read of the text, of a profile `p`. */
export const READ_OF_PREFERENCE = `left(p.food_preference::text, ${PREFERENCE_LENGTH})`;

/**
 * Columns that not every IBSafe has, each null where the table has none: `patientsQuery` stands within the reach of these names, and SQL looks for a name without a table in the nearest tables first.
 */
export const ABSENT_COLUMNS = '(values (null::int, null::numeric)) as absent (height, weight)';

/** The day of birth of a profile `p`, in days from 1970-01-01. A date without an end of its own ('infinity') has no difference to another. */
const BORN_COLUMN = `case when isfinite(p.birth_date) then p.birth_date::date - '1970-01-01'::date end`;

/**
 * What `patientsQuery` reads of a profile besides allergies: five columns, the last with height and weight as they stand, null where one is.
 */
export const PROFILE_COLUMNS = `(not p.has_breakfast)::int + (not p.has_lunch)::int * 2 + (not p.has_dinner)::int * 4, ${wholeFigure('p.water_intake')},
    ${BORN_COLUMN}, ${READ_OF_PREFERENCE}, height::text || ' ' || weight::text`;

/** As many nulls, for a program that reads no profile. */
export const NO_PROFILE_COLUMNS = 'null, null, null, null, null';

/** As many, for one that reads the birthday alone. */
export const BIRTHDAY_COLUMNS = `null, null, ${BORN_COLUMN}, null, null`;

/** The five columns in their order. */
export type ProfileColumns = readonly [
  skips: number | null,
  waterMl: number | null,
  born: number | null,
  preference: string | null,
  body: string | null,
];

/** Bits of a profile in which no meal is eaten: it was not filled in. */
const ALL_SKIPPED = 7;
/** ml of water a day that are believed: below are cups, above is a typing error. */
const WATER = { least: 100, most: 10_000 };
const MAX_AGE = 120;
const DAY_MS = 86_400_000;

/**
 * A profile as the advice reads it. What no sensible profile says is not said. Of height and weight nothing is kept but what follows of them.
 *
 * @param flags bits of the restrictions that are ticked
 */
export function profileOf(columns: ProfileColumns, recordDate: LocalDate, flags = 0): PatientProfile {
  const [skips, water, born, , body] = columns;
  const age = born === null ? null : ageOn(recordDate, born);
  const preference = preferenceOf(columns, recordDate);
  const isThin = isUnderweight(body, age);
  const skipped = skips === null || skips === ALL_SKIPPED ? 0 : skips;
  return {
    skips: [(skipped & 1) !== 0, (skipped & 2) !== 0, (skipped & 4) !== 0],
    waterMl: water !== null && water >= WATER.least && water <= WATER.most ? water : null,
    age,
    preferences: preference === null ? 0 : remembered(known, preference, preferencesOf),
    needsCare: isThin || (preference !== null && remembered(knownCare, preference, speaksOfCare)),
    mustNotRestrict: isThin || (preference !== null && remembered(knownLess, preference, forbidsLess)),
    treatedDiets: preference === null ? 0 : remembered(knownTreated, preference, treatedDietsOf),
    refuses: preference === null ? undefined : refusedBy(preference, (flags & ALLERGEN_BITS) !== 0),
  };
}

/** Of a user without a profile. */
export const NO_PROFILE: PatientProfile = {
  skips: [false, false, false],
  waterMl: null,
  age: null,
  preferences: 0,
  refuses: undefined,
  treatedDiets: 0,
  needsCare: false,
  mustNotRestrict: false,
};

/** A profile of which the birthday alone was read; undefined where it is not known. */
export function profileOfBirthday(born: number | null, recordDate: LocalDate): PatientProfile | undefined {
  return born === null ? undefined : { ...NO_PROFILE, age: ageOn(recordDate, born) };
}

/** The text of a profile about food as its patient would have written it (`asPatient`). */
export function preferenceOf([, , born, text]: ProfileColumns, recordDate: LocalDate): string | null {
  return text === null ? null : asPatient(text, born === null ? null : ageOn(recordDate, born));
}

/** Whole years from a day (counted from 1970-01-01) to a date; null where it is no age of a person. */
function ageOn(date: LocalDate, born: number): number | null {
  const birth = new Date(born * DAY_MS);
  const years = Number(date.slice(0, 4)) - birth.getUTCFullYear();
  const monthDay = (birth.getUTCMonth() + 1) * 100 + birth.getUTCDate();
  const age = Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10)) < monthDay ? years - 1 : years;
  return age >= 0 && age <= MAX_AGE ? age : null;
}

/** Texts that a cache holds: the same few stand in many profiles, and beyond so many of them it is begun anew. */
const MAX_TEXTS = 1_000;
/** A cache: bits of a text of intolerances. */
const known = new Map<string, number>();
/** A cache: bits of a text of allergens. */
const knownAllergens = new Map<string, number>();
/** A cache: those of them that upset the gut and are no allergy. */
const knownUpsets = new Map<string, number>();
/** A cache: whether a text speaks of a condition. */
const knownCare = new Map<string, boolean>();
/** A cache: whether a text speaks of one in which nothing may be lessened. */
const knownLess = new Map<string, boolean>();
/** A cache: conditions of a text whose diet is part of their treatment. */
const knownTreated = new Map<string, number>();
/** A cache: what a text refuses by its name, of a patient without a flag of an allergy. */
const knownRefused = new Map<string, RefusedFoods | undefined>();
/** A cache: the same of one with a flag. */
const knownRefusedOfAllergic = new Map<string, RefusedFoods | undefined>();

/** Bits of restrictions that `food_preference` says besides the flags: a patient who wrote `새우 알레르기` there is as allergic as one who ticked it. */
export function allergensOfText(text: string | null | undefined): number {
  return text === null || text === undefined || text === '' ? 0 : remembered(knownAllergens, text, allergensSaid);
}

/** Those of them that upset the gut, and are no allergy: `upsetsSaid`. */
export function upsetsOfText(text: string | null | undefined): number {
  return text === null || text === undefined || text === '' ? 0 : remembered(knownUpsets, text, upsetsSaid);
}

function remembered<Read>(memory: Map<string, Read>, text: string, read: (text: string) => Read): Read {
  let said = memory.get(text);
  if (said === undefined && !memory.has(text)) {
    said = read(text);
    if (memory.size >= MAX_TEXTS) memory.clear();
    memory.set(text, said);
  }
  return said as Read; // of every text that is kept
}

/** What a text as it is read refuses in words of its own. What stands behind the end of what is read may be an allergy. */
export function readRefusedFoods(text: string, hasAllergy = false): RefusedFoods | undefined {
  return refusedFoodsOf(text, { isCut: text.length >= PREFERENCE_LENGTH, hasAllergy });
}

function refusedBy(text: string, hasAllergy: boolean): RefusedFoods | undefined {
  const memory = hasAllergy ? knownRefusedOfAllergic : knownRefused;
  return remembered(memory, text, (each) => readRefusedFoods(each, hasAllergy));
}
