import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import type { Finding } from '../../src/doctor/finding.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { FoodBookCache } from '../../src/records/food-book-cache.js';
import { PostgresRecords } from '../../src/records/postgres-records.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';

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
