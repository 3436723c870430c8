import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT, allergenBit } from '../../src/domain/advice/restrictions.js';
import { localDate } from '../../src/domain/local-date.js';
import { programOf } from '../../src/domain/programs/all-programs.js';
import type { FoodBookCache } from '../../src/records/food-book-cache.js';
import { PostgresRecords } from '../../src/records/postgres-records.js';
import { NO_PROFILE } from '../../src/records/profile-columns.js';
import { openPatients, type PatientsDatabase } from '../support/patients-database.js';
import { createTestDatabase } from '../support/test-database.js';

const DATE = localDate('2026-03-01');
const EVERYBODY = [1, 2, 3, 4, 5];
/** Those whose height and weight matter. */
const WEIGHED = [6, 7, 8, 9, 10, 11, 12];

let database: PatientsDatabase;
let records: PostgresRecords;
let counted: { statements: number };

beforeAll(async () => {
  database = openPatients(await createTestDatabase());
  await fill(database);
  counted = { statements: 0 };
  const counting = {
    query: (...args: Parameters<typeof database.pool.query>) => {
      counted.statements += 1;
      return database.pool.query(...args);
    },
  };
  const foods = { keepFresh: () => Promise.resolve() } as unknown as FoodBookCache; // what is read here is ids
  records = new PostgresRecords(counting as unknown as typeof database.pool, foods);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

/** Inputs of one of five, read with the others as a range, or alone as one of a roster with holes. */
async function inputsOf(userId: number, program: 'daily' | 'sleep' = 'daily', ids: readonly number[] = EVERYBODY): Promise<PatientInputs> {
  const patients = await records.patients(ids, DATE, programOf(program));
  const found = patients.find(({ inputs }) => inputs.userId === userId);
  if (found === undefined) throw new Error(`expected user ${userId}`);
  return found.inputs;
}

/** Of a text that tells of no condition. */
const WELL = { needsCare: false, mustNotRestrict: false, treatedDiets: 0 };

describe('what a chunk reads of its patients', () => {
  it.each([
    ['a range', EVERYBODY],
    ['single ids', [1, 900]],
  ])('has amounts and meals beside the foods, to the hundredth of a gram, by %s', async (_, ids) => {
    const { today, amounts, mealsEaten, recent } = await inputsOf(1, 'daily', ids);
    expect(today).toEqual([10, 10, 11, 12, 13]);
    expect(amounts).toEqual([62.25, 150, 0, 0, 3_000]);
    expect(mealsEaten).toEqual([1, 0, 2, -1, 0]);
    expect(recent).toEqual([10, 10, 11, 12, 13, 10, 14]);
  });

  it('has the steps with their days, and nothing older than a week', async () => {
    const { steps, stepDays } = await inputsOf(1);
    expect(steps).toEqual([4_000, 5_000, 6_000]);
    expect(stepDays).toEqual([6, 2, 0]);
  });

  it('has the goals of the week’s advice of the same program, and none of errors or of the record date itself', async () => {
    expect((await inputsOf(1)).earlierGoals).toEqual([
      { daysAgo: 7, goal: 5_500 },
      { daysAgo: 1, goal: 6_000 },
    ]);
    expect((await inputsOf(2)).earlierGoals).toEqual([]);
  });

  it('sets one bit for each flag: an intolerance is no allergy to milk, nor the reverse', async () => {
    expect((await inputsOf(1)).allergens).toBe(allergenBit('MILK') | allergenBit('EGG'));
    expect((await inputsOf(2)).allergens).toBe(LACTOSE_INTOLERANCE_BIT);
  });

  it('has what the profile says in words and figures that are known', async () => {
    expect((await inputsOf(1)).profile).toEqual({
      skips: [true, false, false],
      waterMl: 1_500,
      age: 59,
      preferences: 2,
      ...WELL,
    });
    expect((await inputsOf(2)).profile).toEqual({
      skips: [false, false, true],
      waterMl: 300,
      age: 60,
      preferences: 32,
      ...WELL,
    });
  });

  it('says nothing where the profile says nothing sensible: no meal at all, water in cups, a birth date without an end', async () => {
    const nothing = { skips: [false, false, false], waterMl: null, age: null, preferences: 0, ...WELL };
    expect((await inputsOf(3)).profile).toEqual(nothing);
    expect((await inputsOf(4)).profile).toEqual(nothing); // no profile
  });

  it.each([
    ['a range', WEIGHED],
    ['single ids', [...WEIGHED, 900]],
  ])('has a low weight as a word, and neither figure, by %s', async (_, ids) => {
    const found = await Promise.all(WEIGHED.map(async (id) => (await inputsOf(id, 'daily', ids)).profile));
    expect(found.map((each) => [each?.mustNotRestrict, each?.needsCare])).toEqual(WEIGHED.map((id) => [id === 6, id === 6]));
    expect(JSON.stringify(found)).not.toMatch(/163|43\.2|height|weight/u);
  });

  it('reads a profile of a table without the two columns, or with words in them', async () => {
    counted.statements = 0;
    for (const change of [
      'alter table ibsafe_userprofile alter column height type varchar(20) using height::text, alter column weight type text using weight::text',
      "update ibsafe_userprofile set height = height || 'cm'",
      'alter table ibsafe_userprofile drop column weight',
      'alter table ibsafe_userprofile drop column height',
    ]) {
      await database.rows(change);
      const { profile } = await inputsOf(6, 'daily', WEIGHED);
      expect([change, profile?.mustNotRestrict, profile?.age]).toEqual([change, change.includes('varchar'), 59]);
    }
    expect(counted.statements).toBe(4);
  });

  it('has the low days before the record date, whatever was advised on later', async () => {
    expect((await inputsOf(1)).lowDays).toBe(3);
    expect((await inputsOf(2)).lowDays).toBe(2);
    expect((await inputsOf(3)).lowDays).toBe(0);
    expect((await inputsOf(4)).lowDays).toBe(0);
  });

  it('knows whether advice is there by the record date alone', async () => {
    const patients = await records.patients(EVERYBODY, DATE, programOf('daily'));
    expect(patients.map(({ standing }) => standing.hasIntervention)).toEqual([false, false, true, false, false]);
  });

  it('has everything that a program names which reads sleep beside the rest', async () => {
    const { reads, ...daily } = programOf('daily');
    const both = await records.patients(EVERYBODY, DATE, { ...daily, reads: [...reads, 'SLEEP'] });
    const [found] = both.filter(({ inputs }) => inputs.userId === 1);
    expect(found?.inputs).toEqual({ ...(await inputsOf(1)), sleep: [400, 420] });
    expect(found?.standing).toMatchObject({ hasFoodRecord: true, hasExerciseRecord: true, hasSleepRecord: true });
  });

  it('takes one statement, and reads of sleep nothing but nights and the birthday', async () => {
    counted.statements = 0;
    expect(await inputsOf(1, 'sleep')).toEqual({
      userId: 1,
      recordDate: DATE,
      allergens: 0,
      today: [],
      recent: [],
      steps: [],
      sleep: [400, 420],
      profile: { ...NO_PROFILE, age: 59 },
    });
    await inputsOf(1);
    expect(counted.statements).toBe(2);
  });
});

const eaten = (food: number, meal: string, amount: string, date: string): string =>
  `(1, ${food}, '${meal}', ${amount}, '${date}', now(), now())`;

const advice = (user: number, date: string, [gubun, goal, error]: readonly [string, string, string]): string =>
  `(${user}, '${date}', '${date}'::date + 1, '${gubun}', '', '', ${goal}, 0, '${error}', now(), now())`;

async function fill(target: PatientsDatabase): Promise<void> {
  const rows = (text: string): Promise<unknown> => target.rows(text);
  await rows(`insert into auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    select n, '!', false, 'user' || n, '', '', '', false, true, now() from generate_series(1, 12) n`);
  const profile = (id: number, columns: string): Promise<unknown> =>
    rows(`insert into ibsafe_userprofile (user_id, step_count, sleep_time, water_intake, has_breakfast, has_lunch, has_dinner, has_gluten_allergy, has_lactose_allergy,
      has_nut_allergy, has_seafood_allergy, has_egg_allergy, has_soy_allergy, has_lactose_intolerance, birth_date, food_preference, is_password_changed, created_at, updated_at)
      values (${id}, 6000, 420, ${columns}, true, now(), now())`);
  await profile(1, `1500, false, true, true, false, true, false, false, true, false, false, '1966-03-02', '돼지고기는 못 먹어요'`);
  await profile(2, `300, true, true, false, false, false, false, false, false, false, true, '1966-03-01', '매운 것 싫어함'`);
  await profile(3, `8, false, false, false, false, false, false, false, false, false, false, 'infinity', '한식'`);
  // Thin, thin and 18, of a usual weight, then what cannot be: none, zero, no number, metres.
  const bodies = [['1966-03-02', 163, "'43.2'"], ['2008-01-01', 163, "'43.2'"], ['1966-03-02', 163, "'60'"], ['1966-03-02', 163, 'null'], ['1966-03-02', 163, "'0'"], ['1966-03-02', 163, "'NaN'"], ['1966-03-02', 2, "'43.2'"]]; // prettier-ignore
  for (const [at, [born, height, weight]] of bodies.entries()) {
    const id = WEIGHED[at] ?? 0;
    await profile(id, `1500, true, true, true, false, false, false, false, false, false, false, '${born}', ''`);
    await rows(`update ibsafe_userprofile set height = ${height}, weight = ${weight} where user_id = ${id}`);
  }
  await rows(`insert into ibsafe_foodcategory (id, main_category_code, main_category_name) values (1, 1, '밥')`);
  await rows(`insert into ibsafe_food (id, food_code, food_name, category_id, created_at, updated_at)
    select n, 'F' || n, '음식' || n, 1, now(), now() from generate_series(10, 15) n`);
  await rows(
    `insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at) values ${[
      eaten(13, 'breakfast', '3000', '2026-03-01'),
      eaten(10, 'breakfast', '150', '2026-03-01'),
      eaten(10, 'lunch', '62.25', '2026-03-01'),
      eaten(11, 'dinner', '3000.01', '2026-03-01'),
      eaten(12, 'snack', "'NaN'", '2026-03-01'),
      eaten(14, 'lunch', '50', '2026-02-27'),
      eaten(10, 'dinner', '-5', '2026-02-28'),
      eaten(15, 'lunch', '50', '2026-02-26'),
      eaten(15, 'lunch', '50', '2026-03-02'),
    ].join(', ')}`,
  );
  await rows(`insert into ibsafe_userexerciserecord (user_id, target_steps, current_steps, record_date, created_at, updated_at)
    values (1, 6000, 6000, '2026-03-01', now(), now()), (1, 6000, 5000, '2026-02-27', now(), now()), (1, 6000, 4000, '2026-02-23', now(), now()),
      (1, 6000, 1, '2026-02-22', now(), now())`);
  await rows(`insert into ibsafe_usersleeprecord (user_id, sleep_minutes, record_date, created_at, updated_at)
    values (1, 420, '2026-03-01', now(), now()), (1, 400, '2026-02-28', now(), now())`);
  await rows(`insert into ibsafe_interventionrecord
    (user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, exercise_target, processing_time, error_message, created_at, updated_at) values ${[
      advice(1, '2026-02-22', ['all', '5500', '']),
      advice(1, '2026-02-28', ['all', '6000', '']),
      advice(1, '2026-02-27', ['sleep', '7777', '']),
      advice(1, '2026-02-21', ['all', '9000', '']),
      advice(1, '2026-02-26', ['all', '0', 'Error']),
      advice(1, '2026-02-25', ['all', 'null', 'Error']),
      advice(1, '2026-03-01', ['all', '0', 'Error']),
      advice(3, '2026-03-01', ['all', '4000', '']),
    ].join(', ')}`);
  await rows(`insert into batch.low_fodmap_days values (1, '{[2026-02-20,2026-02-22),[2026-02-25,2026-02-26)}', 3),
    (2, '{[2026-02-20,2026-02-22),[2026-03-01,2026-03-05)}', 6), (3, '{}', 0)`);
}
