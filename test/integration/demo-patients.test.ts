import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDemo } from '../../src/demo/load-demo.js';
import { DEMO_FOODS, demoParameters } from '../domain/demo-fixture.js';
import { DemoDatabase, TABLES } from './demo-database.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

let database: DemoDatabase;

describe('loading the demo patients', () => {
  let other: DemoDatabase;

  beforeAll(async () => {
    database = await DemoDatabase.create();
    other = await DemoDatabase.create();
  });

  afterAll(async () => {
    await database.drop();
    await other.drop();
  });

  it('fills two databases with the same rows, whatever the time zone of the session', async () => {
    const elsewhere = `${other.url}?options=-c%20TimeZone%3DAmerica%2FNew_York`;
    const summaries = [await loadDemo(database.url, demoParameters()), await loadDemo(elsewhere, demoParameters())];
    expect(summaries[0]).toEqual(summaries[1]);
    expect(summaries[0]?.status).toBe('LOADED');
    expect(await database.fingerprint()).toBe(await other.fingerprint());
  });

  it('reports the rows that are there', async () => {
    const { rows } = await loadDemo(database.url, demoParameters());
    expect(Object.keys(rows).toSorted()).toEqual(TABLES.toSorted());
    for (const table of TABLES) expect(`${table} ${await database.count(table)}`).toBe(`${table} ${rows[table]}`);
  });

  it('changes nothing when the same demo is there already, and says so', async () => {
    const before = await database.fingerprint();
    const progress: number[] = [];
    const { status } = await loadDemo(database.url, { ...demoParameters(), onProgress: (done) => progress.push(done) });
    expect({ status, progress }).toEqual({ status: 'ALREADY_LOADED', progress: [] });
    expect(await database.fingerprint()).toBe(before);
  });

  it.each([{ seed: 1 }, { users: 299 }, { days: 6 }, { foods: DEMO_FOODS.slice(1) }])(
    'refuses another demo on top of one, and asks for a new data folder: %j',
    async (change) => {
      const before = await database.fingerprint();
      const refused = await loadDemo(database.url, demoParameters(change)).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'DemoRefused', code: 'OTHER_DEMO', message: expect.stringContaining('new data folder') });
      expect(await database.fingerprint()).toBe(before);
    },
  );

  it('keeps every key and index as it was', async () => {
    const untouched = await DemoDatabase.create();
    expect(await database.keys()).toEqual(await untouched.keys());
    await untouched.drop();
  });

  it('lets the app go on with ids of its own', async () => {
    await other.client.query(BEGIN_HELD);
    for (const table of TABLES) {
      const { rows } = await other.client.query(
        `select nextval(pg_get_serial_sequence('public.${table}', 'id'))::int as next, max(id)::int + 1 as free from public.${table}`,
      );
      expect(rows[0]?.next).toBe(rows[0]?.free);
    }
    await other.client.query('rollback');
  });

  it('numbers the patients from 1, in order, with accounts that nobody can sign in to', async () => {
    const { rows } = await database.client.query(
      `select count(*)::int as users, min(id) as first, max(id) as last, bool_and(password = '!') as closed, bool_or(is_superuser) as powerful,
              bool_and(username = 'demo-' || lpad(id::text, 6, '0')) as named from auth_user`,
    );
    expect(rows).toEqual([{ users: 300, first: 1, last: 300, closed: true, powerful: false, named: true }]);
  });

  it("stores the foods in IBSafe's words", async () => {
    const { rows } = await database.client.query(
      `select f.id::int, food_code, food_name, main_category_name, energy_kcal, dietary_fiber_g, dietary_fiber_type, fodmap, fodmap_basis
         from ibsafe_food f join ibsafe_foodcategory c on c.id = category_id where f.id in (1, 3, 4, 8, 9, 10) order by f.id`,
    );
    expect(rows.map((row: object) => Object.values(row))).toEqual([
      [1, 'T-01', '쌀밥', 'RICE', 145, '0.40', '수용성', '저', 'made up for a test'],
      [3, 'T-03', '밀국수', 'NOODLE', 145, '0.40', '수용성', '고', 'made up for a test'],
      [4, 'T-04', '우유', 'DRINK', null, null, '수용성', '고', 'made up for a test'],
      [8, 'T-08', '두부조림', 'SIDE_DISH', 145, '0.40', '수용성', '중', 'made up for a test'],
      [9, 'T-09', '고구마', 'SNACK', 145, '0.40', '불용성', null, 'made up for a test'],
      [10, 'T-10', '닭고기\t"구이"\\', 'PROTEIN_MAIN', 145, '0.40', '수용성', '저', 'first line\nsecond line'],
    ]);
  });

  it('tells the planner how many rows there are, and leaves every page of them to index-only scans', async () => {
    for (const table of TABLES) {
      const { rows } = await database.client.query(
        `select reltuples::int as rows, relallvisible as pages from pg_class where oid = 'public.${table}'::regclass`,
      );
      const { rows: held } = await database.client.query(
        `select count(*)::int as rows, count(distinct (ctid::text::point)[0])::int as pages from public.${table}`,
      );
      expect({ table, ...rows[0] }).toEqual({ table, ...held[0] });
    }
  });
});

describe('the roster of the demo', () => {
  it('has about four in five patients ready for the run, and each reason for a skip at its rate', async () => {
    const crowd = await DemoDatabase.create();
    await loadDemo(crowd.url, demoParameters({ users: 10_000, days: 2 }));
    const { rows } = await crowd.client.query<{ kind: string; share: number }>(
      `with judged as (
         select exists (select from ibsafe_userprofile p where p.user_id = a.id) as profile,
                exists (select from ibsafe_userfoodrecord r where r.user_id = a.id and r.record_date = $1) as food,
                exists (select from ibsafe_userexerciserecord r where r.user_id = a.id and r.record_date = $1) as exercise,
                exists (select from ibsafe_interventionrecord i where i.user_id = a.id and i.record_date = $1 and i.gubun = 'all') as written
           from auth_user a where a.is_active and not a.is_staff)
       select case when not profile then 'no profile' when written then 'written' when food and exercise then 'ready'
                   when food then 'no exercise' when exercise then 'no food' else 'no records' end as kind,
              count(*)::float / sum(count(*)) over () as share
         from judged group by 1`,
      [demoParameters().until],
    );
    const shares = Object.fromEntries(rows.map(({ kind, share }) => [kind, share]));
    const rates = { ready: 0.805, 'no food': 0.07, 'no exercise': 0.06, 'no records': 0.03, written: 0.02, 'no profile': 0.015 };
    expect(Object.keys(shares).toSorted()).toEqual(Object.keys(rates).toSorted());
    for (const [kind, rate] of Object.entries(rates))
      expect({ kind, isNear: Math.abs((shares[kind] ?? 0) - rate) < 0.012 }).toEqual({ kind, isNear: true });
    await crowd.drop();
  });
});
