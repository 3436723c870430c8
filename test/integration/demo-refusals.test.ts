import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readDemoMark } from '../../src/demo/demo-mark.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { demoParameters } from '../domain/demo-fixture.js';
import { DemoDatabase, TABLES } from './demo-database.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

let database: DemoDatabase;

beforeEach(async () => {
  database = await DemoDatabase.create();
});

afterEach(() => database.drop());

describe('a load that must not happen', () => {
  it('is refused where real users are, and leaves them as they are', async () => {
    await database.client.query(
      `insert into auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
       values ('!', false, 'demo-like', 'a', 'b', 'c@example.invalid', false, true, now())`,
    );
    const before = await database.fingerprint();
    await expect(loadDemo(database.url, demoParameters())).rejects.toMatchObject({
      code: 'REAL_USERS',
      message: expect.not.stringMatching('demo-like'),
    });
    expect(await database.fingerprint()).toBe(before);
    expect((await database.client.query('select username from auth_user')).rows).toEqual([{ username: 'demo-like' }]);
  });

  it('is refused where a real user has joined a demo and another demo is asked for', async () => {
    await loadDemo(database.url, demoParameters({ seed: 3 }));
    await database.client.query("update auth_user set username = 'someone' where id = 5");
    await expectRefusal('REAL_USERS', /users that the demo did not make: 1;/);
  });

  it('is refused where there are foods or records already', async () => {
    await database.client.query("insert into ibsafe_foodcategory (main_category_code, main_category_name) values (1, 'of the app')");
    await expectRefusal('NOT_EMPTY', /ibsafe_foodcategory/);
  });

  it('is refused where tables of the app refer to the ones it fills', async () => {
    await database.client.query('create table public.app_log (user_id int references auth_user (id))');
    await expectRefusal('NOT_EMPTY', /other tables refer/);
  });

  it('is refused where a table is missing, by its name', async () => {
    await database.client.query('drop table ibsafe_usersleeprecord');
    await expectRefusal('TABLES_MISSING', /missing: ibsafe_usersleeprecord\. Migrate/);
  });
});

describe('a load that is interrupted or doubled', () => {
  /** 2,000 days make blocks of three patients: a point to stop at in between. */
  const parameters = demoParameters({ users: 6, days: 2_000 });

  it('leaves nothing behind, keeps the keys, and can be started again', async () => {
    const keys = await database.keys();
    await expect(loadDemo(database.url, { ...parameters, onProgress: stopHalfWay })).rejects.toThrow('stopped half way');
    for (const table of TABLES) expect(`${table} ${await database.count(table)}`).toBe(`${table} 0`);
    expect(await readDemoMark(database.client)).toBeNull();
    expect(await database.keys()).toEqual(keys);

    expect(await loadDemo(database.url, parameters)).toMatchObject({ status: 'LOADED' });
    const undisturbed = await DemoDatabase.create();
    await loadDemo(undisturbed.url, parameters);
    expect(await database.fingerprint()).toBe(await undisturbed.fingerprint());
    await undisturbed.drop();
  });

  it('tells how far it is, and that it is done only when it is', async () => {
    const progress: [number, number][] = [];
    await loadDemo(database.url, { ...parameters, onProgress: (done, total) => progress.push([done, total]) });
    expect(progress).toEqual([
      [3, 6],
      [6, 6],
    ]);
  });

  it('loads once when two loads start at the same time', async () => {
    // While this lock is held a load can look but not write: both get as far as they can before either goes on.
    await database.client.query(`${BEGIN_HELD}; lock table public.ibsafe_foodcategory in share mode`);
    const twice = Promise.all([loadDemo(database.url, demoParameters()), loadDemo(database.url, demoParameters())]);
    await until(async () => (await waitingSessions()) >= 2);
    await database.client.query('commit');
    expect((await twice).map(({ status }) => status).toSorted()).toEqual(['ALREADY_LOADED', 'LOADED']);
    expect(await database.count('auth_user')).toBe(300);
  });
});

async function waitingSessions(): Promise<number> {
  const { rows } = await database.client.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and application_name = 'ibsafe-batch demo load' and wait_event_type = 'Lock'`,
  );
  await database.client.query('select pg_stat_clear_snapshot()'); // inside a transaction the view else stays as first seen
  return rows[0]?.waiting ?? 0;
}

async function expectRefusal(code: string, message: RegExp): Promise<void> {
  const before = await database.keys();
  const refused = await loadDemo(database.url, demoParameters()).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: 'DemoRefused', code, message: expect.stringMatching(message) });
  expect(await database.keys()).toEqual(before);
}

function stopHalfWay(done: number): void {
  if (done >= 3) throw new Error('stopped half way');
}
