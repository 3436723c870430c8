import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import type { Finding } from '../../src/doctor/finding.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { FoodBookCache } from '../../src/records/food-book-cache.js';
import { PostgresRecords } from '../../src/records/postgres-records.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

/** Ids of users as Django's BigAutoField has them. */
const BIG_IDS = `alter table public.auth_user alter column id type bigint;
  do $$ declare c record; begin
    for c in select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'
      loop execute format('alter table public.%I alter column user_id type bigint', c.name); end loop; end $$`;
const FIGURES = `alter table public.ibsafe_userexerciserecord alter column current_steps type numeric(12, 2);
  alter table public.ibsafe_userprofile alter column water_intake type numeric(8, 1);
  alter table public.ibsafe_userfoodrecord alter column food_id type numeric(20, 2), alter column amount type real;
  alter table public.ibsafe_interventionrecord alter column exercise_target type bigint, alter column processing_time type numeric, alter column gubun type char(8)`;
const WITHOUT_KEYS = `do $$ declare c record; begin
  for c in select conrelid::regclass as t, conname as name from pg_constraint where contype = 'f' and confrelid = 'public.ibsafe_food'::regclass
    loop execute format('alter table %s drop constraint %I', c.t, c.name); end loop; end $$`;
const WITHOUT_USER_KEYS = `alter table public.auth_user alter column id drop identity if exists; ${WITHOUT_KEYS.replace('ibsafe_food', 'auth_user')}`;
const ADVICE = `select user_id::int, gubun::text, record_date::text, diet_evaluation, diet_target, exercise_evaluation, exercise_target::int, input_week_step::text as steps,
  input_today_diet::text as foods from public.ibsafe_interventionrecord order by user_id`;

let database: PatientsDatabase;
beforeEach(async () => {
  database = await createPatients(60);
  await database.pool.query('delete from public.ibsafe_interventionrecord');
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
});

/** What runs write for each user, the second over the first. */
async function advised(): Promise<object[]> {
  await using service = await startTestService(database);
  const first = await runToEnd(service.url, { chunkSize: 20 });
  const written = await database.rows(ADVICE);
  const second = await runToEnd(service.url, { chunkSize: 20, onExisting: 'REGENERATE' });
  expect([first.end.status, await faultsOf(database, first.runId)]).toEqual(['COMPLETED', []]);
  expect([second.end.generated, await faultsOf(database, second.runId)]).toEqual([written.length, []]);
  return written;
}

function records(pool: ConstructorParameters<typeof PostgresRecords>[0] = database.pool): PostgresRecords {
  return new PostgresRecords(pool, new FoodBookCache(database.pool, loadCatalogue()));
}

async function found(check: string): Promise<Finding | undefined> {
  const findings = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url }), { invariants: false });
  return findings.find((finding) => finding.check === check);
}

describe('tables of IBSafe’s of other types', () => {
  it.each([
    ['ids of eight bytes', BIG_IDS],
    ['figures of other types', FIGURES],
  ])('give each user the same advice: %s', async (_, change) => {
    const plain = await advised();
    expect(plain.length).toBeGreaterThan(40);
    await database.pool.query(`delete from public.ibsafe_interventionrecord; ${WITHOUT_KEYS}; ${change}`);
    expect(await advised()).toEqual(plain);
  });

  it('are well for the doctor with ids of eight bytes, until one is above what is held: then no roster is read', async () => {
    await database.pool.query(BIG_IDS);
    expect([await found("IBSafe's tables"), await found('users and foods'), await found('trial of a run')]).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
      { status: 'ok' },
    ]);
    await database.pool.query(
      `set session_replication_role = replica; update public.auth_user set id = 3000000000 where id = (select max(id) from public.auth_user where is_active and not is_staff);
        set session_replication_role = origin`,
    );
    expect(await found('users and foods')).toMatchObject({ status: 'problem', found: expect.stringContaining('2147483647') });
    await expect(records().roster()).rejects.toMatchObject({ code: 'USER_ID_TOO_HIGH' });
  });
});

/** A column of another type whose values stand for its own. */
const alter = (column: string, type: string, using = ''): string => {
  const [table, name] = column.split('.') as [string, string];
  return `alter table public.${table} alter column ${name} type ${type} using ${using === '' ? `${name}::text::${type}` : using}`;
};
const FLAG = 'ibsafe_userprofile.has_nut_allergy';

describe('columns of other types', () => {
  it('are read for what they are where their values stand for the same, and are well for the doctor', async () => {
    const plain = await advised();
    await database.pool
      .query(`delete from public.ibsafe_interventionrecord; create type public.meal as enum ('breakfast', 'lunch', 'dinner'); create domain public.steps as int check (value >= 0);
      do $$ begin execute (select 'create type public.class as enum (' || string_agg(distinct quote_literal(fodmap), ',') || ')' from public.ibsafe_food where fodmap is not null); end $$;
      ${alter('ibsafe_userfoodrecord.meal_type', 'public.meal')}; ${alter('ibsafe_userexerciserecord.current_steps', 'public.steps')}; ${alter('ibsafe_food.fodmap', 'public.class')};
      ${alter('ibsafe_userfoodrecord.amount', 'float8')}; ${alter('ibsafe_userprofile.water_intake', 'smallint')};
      alter table public.auth_user add height int, add weight int, alter is_staff drop not null; update public.auth_user set is_staff = null where not is_staff`);
    expect(await found("IBSafe's tables")).toMatchObject({ status: 'ok' });
    expect(await advised()).toEqual(plain);
  });

  it.each([
    ['a flag that is a word', alter(FLAG, 'text')],
    ['a flag that is a letter', alter(FLAG, 'char(1)', `case when has_nut_allergy then 'Y' else 'N' end`)],
    ['a flag that is a figure', alter(FLAG, 'smallint', 'has_nut_allergy::int::smallint * 2')],
    ['meals in lists', alter('ibsafe_userfoodrecord.meal_type', 'text[]', 'array[meal_type]')],
    ['classes that are figures', alter('ibsafe_food.fodmap', 'int', `case when fodmap = '저' then 1 else 2 end`)],
    ['wishes in JSON', alter('ibsafe_userprofile.food_preference', 'jsonb', 'to_jsonb(food_preference)')],
    ['a birth with a time of day', alter('ibsafe_userprofile.birth_date', 'timestamptz')],
    ['accounts that are open by a figure', alter('auth_user.is_active', 'smallint', 'is_active::int::smallint')],
    ['accounts that are open by a letter', alter('auth_user.is_active', 'char(1)', `case when is_active then 't' else 'f' end`)],
    ['staff that is it by a word', alter('auth_user.is_staff', 'text')],
    ['ids of accounts that are texts', `${WITHOUT_USER_KEYS}; ${alter('auth_user.id', 'text')}`],
  ])('have the run pause before anything is read of them wrongly, and the doctor names them: %s', async (_, change) => {
    await database.pool.query(change);
    await using service = await startTestService(database);
    const runId = await begin(service.url, { chunkSize: 20 });
    await until(
      async () => (await database.column<string>('select status from batch.run_view where run_id = $1', [runId]))[0] === 'PAUSED',
    );
    expect(await database.column('select paused_reason from batch.run_view where run_id = $1', [runId])).toEqual([
      expect.stringContaining('COLUMNS_UNFIT'),
    ]);
    expect(await database.column('select 1 from batch.event where run_id = $1 and user_id is not null', [runId])).toEqual([]);
    expect(await found("IBSafe's tables")).toMatchObject({
      status: 'problem',
      found: expect.stringMatching(/\b(?:ibsafe_\w+|auth_user)\.\w+ \(\w+, expected \w+\)/),
    });
  });
});

describe('users of a roster whom the read of a chunk does not give', () => {
  it('are closed accounts where they are gone, and a fault of the read where they are there or no account is seen', async () => {
    const [gone, ...there] = await records().roster();
    if (gone === undefined) throw new Error('there are no users');
    const read = (each: PostgresRecords): Promise<readonly { standing: { accountOpen: boolean } }[]> =>
      each.patients([gone, ...there], RECORD_DATE, DAILY);
    const blind = {
      query: (asked: unknown, values: unknown) =>
        typeof asked === 'object' ? { rows: [] } : database.pool.query(asked as string, values as unknown[]),
    };
    await expect(read(records(blind as unknown as typeof database.pool))).rejects.toMatchObject({ code: 'USERS_NOT_READ' });
    await database.pool.query(
      'create table public.kept as select * from public.auth_user; set session_replication_role = replica; delete from public.auth_user where id = (select min(id) from public.auth_user where is_active and not is_staff); set session_replication_role = origin',
    );
    const standings = (await read(records())).map(({ standing }) => standing.accountOpen);
    expect([standings[0], standings.slice(1).every(Boolean)]).toEqual([false, true]);
    await database.pool.query(
      'alter table public.auth_user rename to hidden; create view public.auth_user as select * from public.hidden where false',
    );
    await expect(read(records())).rejects.toMatchObject({ code: 'USERS_NOT_READ' });
  });
});

describe('foods that cannot be known', () => {
  it.each([
    ['none', 'delete from public.ibsafe_food', 'ibsafe_food has no food'],
    ['with ids beyond what is read', 'update public.ibsafe_food set id = id + 9007199254740990', 'are not read'],
    [
      'twice',
      'create table public.old () inherits (public.ibsafe_food); insert into public.old select * from public.ibsafe_food where id = 3',
      '1 ids',
    ],
  ])('are told by the doctor: %s', async (_, change, said) => {
    expect(await found('users and foods')).toMatchObject({ status: 'ok' });
    await database.pool.query(`${WITHOUT_KEYS}; ${change}`);
    expect(await found('users and foods')).toMatchObject({ status: 'warning', found: expect.stringContaining(said) });
  });
});
