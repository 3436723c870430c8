import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createIbsafeTables, createRecordIndexes } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { FOOD_RECORD_INDEX } from '../../src/records/record-indexes/wanted-indexes.js';
import { createTestDatabase } from '../support/test-database.js';

/**
 * IBSAFE.md §2 once more, written apart from the code under test: `?` is nullable, everything else is not null. `ibsafe_food` lists the columns
 * that matter; `id` is in every table and has a test of its own.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  auth_user: `password varchar(128), last_login timestamptz?, is_superuser boolean, username varchar(150), first_name varchar(150),
    last_name varchar(150), email varchar(254), is_staff boolean, is_active boolean, date_joined timestamptz`,
  ibsafe_userprofile: `user_id integer, profile_image varchar(500)?, phone_number varchar(20)?, gender varchar(10)?, birth_date date?,
    height integer?, weight numeric(5,1)?, step_count integer, sleep_time integer, water_intake integer, has_breakfast boolean,
    has_lunch boolean, has_dinner boolean, has_gluten_allergy boolean, has_lactose_allergy boolean, has_nut_allergy boolean,
    has_seafood_allergy boolean, has_egg_allergy boolean, has_soy_allergy boolean, has_lactose_intolerance boolean, food_preference text?,
    is_password_changed boolean, created_at timestamptz, updated_at timestamptz`,
  ibsafe_foodcategory: `main_category_code integer, main_category_name varchar(50), middle_category_code integer?,
    middle_category_name varchar(50)?, sub_category_code integer?, sub_category_name varchar(50)?, detail_category_code integer?,
    detail_category_name varchar(50)?, representative_food_code integer?, representative_food_name varchar(50)?`,
  ibsafe_food: `food_code varchar(20), food_name varchar(100), category_id bigint, energy_kcal integer?, dietary_fiber_g numeric(8,2)?,
    dietary_fiber_type varchar(10)?, fodmap varchar(50)?, fodmap_basis text?, created_at timestamptz, updated_at timestamptz`,
  ibsafe_userfoodrecord: `user_id integer, food_id bigint, meal_type varchar(20), amount numeric(8,2), record_date date,
    created_at timestamptz, updated_at timestamptz`,
  ibsafe_userexerciserecord: `user_id integer, target_steps integer, current_steps integer, record_date date, created_at timestamptz,
    updated_at timestamptz`,
  ibsafe_usersleeprecord: 'user_id integer, sleep_minutes integer, record_date date, created_at timestamptz, updated_at timestamptz',
  ibsafe_interventionrecord: `user_id integer, record_date date, target_date date, gubun varchar(10), diet_evaluation text, diet_target jsonb?,
    food_evaluation text?, input_fodmap_count jsonb?, sleep_evaluation text?, sleep_target double precision?, exercise_evaluation text,
    exercise_target integer?, processing_time double precision, error_message text?, input_allergies jsonb?, input_restrictions jsonb?,
    input_recent_3days jsonb?, input_week_step jsonb?, input_today_diet jsonb?, outputs jsonb?, input_today_sleep double precision?,
    input_use_rag boolean?, input_ollama_model varchar(100)?, created_at timestamptz, updated_at timestamptz`,
  ibsafe_batchschedule: `name varchar(100), frequency varchar(20), hour integer, minute integer, is_active boolean, created_at timestamptz,
    updated_at timestamptz`,
};
const TABLES = Object.keys(EXPECTED);
const LONG_TYPES: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await dropTables();
  await createIbsafeTables(client);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function dropTables(): Promise<void> {
  await client.query(`drop table if exists ${TABLES.map((table) => `public.${table}`).join(', ')} cascade`);
}

/** The first column of each row, sorted. */
async function list(sql: string): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: sql, rowMode: 'array', values: [TABLES] });
  return rows.map(([value]) => value).toSorted();
}

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(
    `select column_name || ' ' || case data_type
         when 'character varying' then format('varchar(%s)', character_maximum_length)
         when 'numeric' then format('numeric(%s,%s)', numeric_precision, numeric_scale)
         else data_type end || case is_nullable when 'YES' then '?' else '' end as text
       from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name <> 'id'`,
    [table],
  );
  return rows.map(({ text }) => text).toSorted();
}

function expectedColumns(table: string): string[] {
  return (EXPECTED[table] ?? '')
    .split(/,\s+/)
    .map((column) => column.trim().replace(/timestamptz/, (short) => LONG_TYPES[short] ?? short))
    .toSorted();
}

describe("IBSafe's tables on a database of our own", () => {
  it.each(TABLES.filter((table) => table !== 'ibsafe_food'))('have the columns of IBSafe, in type and nullability: %s', async (table) => {
    expect(await columnsOf(table)).toEqual(expectedColumns(table));
  });

  it('have a food table of 158 columns, of which the ones that nobody reads are nullable figures', async () => {
    const columns = await columnsOf('ibsafe_food');
    expect(columns).toEqual(expect.arrayContaining(expectedColumns('ibsafe_food')));
    expect(columns.length + 1).toBe(158);
    const unread = columns.filter((column) => !expectedColumns('ibsafe_food').includes(column));
    expect(unread.filter((column) => !column.endsWith(' numeric(8,2)?'))).toEqual([]);
  });

  it('have no column default: an insert must name every value that may not be null', async () => {
    expect(
      await list(`select table_name || '.' || column_name from information_schema.columns
        where table_schema = 'public' and table_name = any ($1) and column_default is not null`),
    ).toEqual([]);
  });

  it('number their rows by an identity that an insert may set itself, in 32 bits for accounts and 64 for the rest', async () => {
    expect(
      await list(`select concat_ws(' ', table_name, column_name, data_type, identity_generation) from information_schema.columns
        where table_schema = 'public' and table_name = any ($1) and is_identity = 'YES'`),
    ).toEqual(TABLES.map((table) => `${table} id ${table === 'auth_user' ? 'integer' : 'bigint'} BY DEFAULT`).toSorted());
  });

  it('keep what must be unique', async () => {
    expect(
      await list(`select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where conrelid::regclass::text = any ($1) and contype = 'u'`),
    ).toEqual([
      'auth_user UNIQUE (username)',
      'ibsafe_food UNIQUE (food_code)',
      'ibsafe_interventionrecord UNIQUE (user_id, record_date, gubun)',
      'ibsafe_userexerciserecord UNIQUE (user_id, record_date)',
      'ibsafe_userfoodrecord UNIQUE (user_id, food_id, meal_type, record_date)',
      'ibsafe_userprofile UNIQUE (user_id)',
      'ibsafe_usersleeprecord UNIQUE (user_id, record_date)',
    ]);
  });

  it('check their foreign keys when the transaction ends', async () => {
    const ofUser = ['interventionrecord', 'userexerciserecord', 'userfoodrecord', 'userprofile', 'usersleeprecord'];
    const expected = [
      'ibsafe_food (category_id) REFERENCES ibsafe_foodcategory(id)',
      'ibsafe_userfoodrecord (food_id) REFERENCES ibsafe_food(id)',
      ...ofUser.map((table) => `ibsafe_${table} (user_id) REFERENCES auth_user(id)`),
    ];
    expect(
      await list(`select conrelid::regclass || replace(pg_get_constraintdef(oid), 'FOREIGN KEY', '') from pg_constraint
        where conrelid::regclass::text = any ($1) and contype = 'f'`),
    ).toEqual(expected.map((key) => `${key} DEFERRABLE INITIALLY DEFERRED`).toSorted());
  });

  it('have the indexes that Django makes of itself, and so none that serves a record date', async () => {
    expect(
      await list(`select tablename || substring(indexdef from ' USING.*') from pg_indexes
        where schemaname = 'public' and tablename = any ($1) and indexdef not like 'CREATE UNIQUE%'`),
    ).toEqual([
      'auth_user USING btree (username varchar_pattern_ops)',
      'ibsafe_food USING btree (category_id)',
      'ibsafe_food USING btree (food_code varchar_pattern_ops)',
      'ibsafe_interventionrecord USING btree (user_id)',
      'ibsafe_userexerciserecord USING btree (user_id)',
      'ibsafe_userfoodrecord USING btree (food_id)',
      'ibsafe_userfoodrecord USING btree (user_id)',
      'ibsafe_usersleeprecord USING btree (user_id)',
    ]);
  });

  it('get the index on user and day by a call of its own, any number of times', async () => {
    await createRecordIndexes(client);
    await createRecordIndexes(client);
    const { rows } = await client.query('select indexdef from pg_indexes where indexname = $1', [FOOD_RECORD_INDEX.name]);
    expect(rows).toEqual([
      {
        indexdef: `CREATE INDEX ${FOOD_RECORD_INDEX.name} ON public.ibsafe_userfoodrecord USING btree (user_id, record_date) INCLUDE (food_id, meal_type, amount)`,
      },
    ]);
  });

  it('keep no statistics of what an intervention says, and those of every column that a plan hangs on', async () => {
    await createRecordIndexes(client);
    await client.query(
      `insert into auth_user select n, '', null, false, 'u' || n, '', '', '', false, true, now() from generate_series(1, 20) n`,
    );
    await client.query(`insert into ibsafe_interventionrecord (id, record_date, target_date, gubun, diet_evaluation, diet_target, exercise_evaluation, processing_time,
        input_recent_3days, outputs, created_at, updated_at, user_id)
      select n, date '2026-01-01' + n, '2026-02-01', 'all', 'text ' || n, jsonb_build_object('n', n), 'text ' || n, 0, jsonb_build_array(n), '{}', now(), now(), n from generate_series(1, 20) n`); // prettier-ignore
    await client.query('analyze ibsafe_interventionrecord');
    const known = await list(`select attname from pg_stats where tablename = any ($1) and tablename = 'ibsafe_interventionrecord'`);
    expect(known).toEqual(expect.arrayContaining(['gubun', 'id', 'record_date', 'target_date', 'user_id']));
    expect(known.filter((column) => /^(diet_|exercise_evaluation|input_recent|outputs)/.test(column))).toEqual([]);
  });

  it('are left alone, and none is added, where the app has its accounts already', async () => {
    await dropTables();
    await client.query('create table public.auth_user (id int primary key, of_the_app text)');
    await createIbsafeTables(client);
    expect(await columnsOf('auth_user')).toEqual(['of_the_app text?']);
    expect(await list("select tablename from pg_tables where schemaname = 'public' and tablename = any ($1)")).toEqual(['auth_user']);
  });

  it('are created all or not at all', async () => {
    await dropTables();
    await client.query('create table public.ibsafe_batchschedule (of_the_app text)'); // the last one to be created
    await expect(createIbsafeTables(client)).rejects.toThrow('already exists');
    expect(await list("select tablename from pg_tables where schemaname = 'public' and tablename = any ($1)")).toEqual([
      'ibsafe_batchschedule',
    ]);
  });
});
