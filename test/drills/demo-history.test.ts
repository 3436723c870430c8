import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLogger } from '../../src/cli/service/open-logger.js';
import { readConfig } from '../../src/config/config.js';
import { openPool } from '../../src/database/pool.js';
import { DEMO_USERNAME } from '../../src/demo/demo-guard.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { makeHistory, type HistoryOptions, type HistorySummary } from '../../src/runtime/make-history.js';
import { isAfterHistory } from '../../src/runtime/first-start.js';
import { fingerprint } from '../support/fingerprint.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const UNTIL = localDate('2026-03-10');
const [USERS, DAYS] = [60, 74];
const OPTIONS: HistoryOptions = { config: readConfig({ LOG_LEVEL: 'silent' }), logger: openLogger('silent', 'stderr') };

type Pool = ReturnType<typeof openPool>;

describe('the history of a demo', () => {
  let database: TestDatabase;
  let pool: Pool;
  let made: HistorySummary;
  const progress: number[] = [];

  beforeAll(async () => {
    database = await demo();
    pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
    made = await makeHistory(database.url, { ...OPTIONS, onProgress: (done) => progress.push(done) });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const rows = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await pool.query<T>(text, [...values])).rows;

  it('is of sixty nights, and tells how far it is', () => {
    expect(made).toEqual({ status: 'MADE', nights: 60, seed: 1, until: UNTIL });
    expect(progress.at(-1)).toBe(60);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('lies in its nights: slots, runs and outcomes, and nothing at or after the day it was made', async () => {
    const [span] = await rows<{ first: Date; last: Date; wrong: number }>(
      `select min(recorded_at) as first, max(recorded_at) as last, count(*) filter (where recorded_at > now())::int as wrong from batch.event`,
    );
    expect(span?.first.toISOString()).toBe(`${addDays(UNTIL, -60)}T05:00:00.` + span?.first.toISOString().slice(20));
    expect(span?.last.toISOString().slice(0, 10)).toBe(UNTIL);
    const late = await rows(
      `select r.run_id from batch.run_view r join batch.event e on e.run_id = r.run_id where e.recorded_at not between r.requested_at - interval '1 ms' and r.ended_at + interval '1 ms'`,
    );
    expect(late).toEqual([]);
    const [durations] = await rows<{ least: number; most: number }>(
      `select min(extract(epoch from ended_at - started_at))::float8 as least, max(extract(epoch from ended_at - started_at))::float8 as most
       from batch.run_view where trigger = 'SCHEDULE' and paused_at is null and generator = 'RULES' and status like 'COMPLETED%'`,
    );
    expect(durations?.least).toBeGreaterThan(0);
  });

  it('is in the order of its time', async () => {
    const [found] = await rows<{ back: number }>(
      `select count(*)::int as back from (select recorded_at, lag(recorded_at) over (order by xid, position) as before from batch.event) e where recorded_at < before`,
    );
    expect(found?.back).toBe(0);
  });

  it('has what a month of nights has: holes, slots that were skipped and why, pauses, failures, a retry, a backfill, a cancelled run', async () => {
    const reasons = await rows(`select reason, count(*)::int as slots from batch.slot where not fired group by 1 order by 1`);
    expect(reasons).toEqual([
      { reason: 'OUTSIDE_WINDOW', slots: 1 },
      { reason: 'OVERLAP', slots: 1 },
    ]);
    const types = await rows<{ type: string }>(
      `select distinct type || coalesce(' ' || (data->>'cause'), '') as type from batch.event where user_id is null order by 1`,
    );
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'RunPaused FAILURE_RATE',
        'RunPaused GENERATOR_UNAVAILABLE',
        'RunCancelled',
        'SchedulePaused',
        'BackfillCompleted',
      ]),
    );
    const triggers = await rows<{ trigger: string }>('select distinct trigger from batch.run_view order by 1');
    expect(triggers.map(({ trigger }) => trigger)).toEqual(['BACKFILL', 'MANUAL', 'RETRY', 'SCHEDULE']);
    const nights = await rows<{ day: string }>("select record_date::text as day from batch.night_view where program = 'daily' order by 1");
    const holes = Array.from({ length: 60 }, (_, at) => addDays(UNTIL, at - 60)).filter((date) => !nights.some(({ day }) => day === date));
    expect(holes).toEqual([addDays(UNTIL, -53), addDays(UNTIL, -43)]);
    const [figures] = await rows<{ tokens: number; fallbacks: number }>(
      `select sum(tokens_in)::float8 as tokens, count(*) filter (where fallbacks <> '{}')::int as fallbacks from batch.night_view`,
    );
    expect(figures?.tokens).toBeGreaterThan(0);
    expect(figures?.fallbacks).toBe(1);
    expect(await rows('select run_id from batch.run_view where ended_at is null')).toEqual([]);
  });

  it('keeps every promise of the log, and the views that are folded from it are the live ones', async () => {
    expect((await checkInvariants(pool)).filter(({ ok }) => !ok)).toEqual([]);
    expect((await compareViews(pool)).differences).toEqual([]);
  });

  it('leaves the night behind it to its slot, also where it was made before the first start, until something runs', async () => {
    const at = { url: database.url };
    expect(await isAfterHistory(at)).toBe(true);
    const [run] = await rows<{ id: string; at: Date }>(
      'select run_id as id, requested_at as at from batch.run_view order by requested_at desc limit 1',
    );
    await rows(`update batch.run_view set requested_at = now() where run_id = $1`, [run?.id]);
    expect(await isAfterHistory(at)).toBe(false);
    await rows(`update batch.run_view set requested_at = $2 where run_id = $1`, [run?.id, run?.at]);
    expect(await isAfterHistory(at)).toBe(true);
  });

  it('is made once: who asks again is told what is there', async () => {
    const before = await fingerprint(database.url);
    expect(await makeHistory(database.url, OPTIONS)).toEqual({ ...made, status: 'ALREADY_MADE' });
    expect(await fingerprint(database.url)).toBe(before);
  });

  it('leaves the time to the database again: what is appended afterwards is of now', async () => {
    const append = `select recorded_at > now() - interval '1 minute' as "isNow" from batch.append('after', 0, '1970-01-01', null, 'test', gen_random_uuid(), null, array['RunStarted'], array[null]::int[], array['{}'::jsonb])`;
    expect(await rows(append)).toEqual([{ isNow: true }]);
  });
});

it('the history of a demo is the same for the same seed, word for word and time for time', async () => {
  const [one, other] = [await demo(30), await demo(30)];
  try {
    for (const { url } of [one, other]) expect(await makeHistory(url, OPTIONS)).toMatchObject({ status: 'MADE', nights: 16 });
    expect(await fingerprint(other.url)).toBe(await fingerprint(one.url));
  } finally {
    await one.drop();
    await other.drop();
  }
});

describe('the history of a demo is refused', () => {
  it('where no demo is', async () => {
    const database = await createTestDatabase();
    try {
      expect(await refused(database.url)).toMatchObject({ name: 'DemoRefused', code: 'NO_DEMO' });
    } finally {
      await database.drop();
    }
  });

  it.each([
    ['REAL_USERS', `insert into public.auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) values ('!', false, 'someone', '', '', '', false, true, now())`], // prettier-ignore
    ['REAL_EVENTS', `select batch.append('run-x', 0, '1970-01-01', null, 'test', gen_random_uuid(), null, array['RunStarted'], array[null]::int[], array['{}'::jsonb])`], // prettier-ignore
    ['NO_DEMO', `comment on table public.auth_user is 'our accounts'`],
  ])('with %s, and leaves no trace', async (code, change) => {
    const database = await demo(20);
    const pool = openPool({ url: database.url, max: 1, name: 'test', onError: () => undefined });
    try {
      await pool.query(change);
      expect(await refused(database.url)).toMatchObject({ name: 'DemoRefused', code });
      const left = 'select (select count(*) from batch.demo_history)::int as histories, (select count(*) from batch.run_view)::int as runs';
      expect((await pool.query(left)).rows).toEqual([{ histories: 0, runs: 0 }]);
    } finally {
      await pool.end();
      await database.drop();
    }
  });

  it('where the records do not reach back as far, and names how far they do', async () => {
    const database = await demo(20);
    try {
      expect(await refused(database.url, { nights: 7 })).toMatchObject({
        code: 'TOO_FEW_DAYS',
        message: expect.stringContaining('6 nights'),
      });
      expect(await makeHistory(database.url, { ...OPTIONS, nights: 6 })).toMatchObject({ status: 'MADE', nights: 6 });
    } finally {
      await database.drop();
    }
  });

  it('and an interrupted one leaves nothing', async () => {
    const database = await demo(20);
    try {
      expect(await refused(database.url, { onProgress: interrupted })).toMatchObject({ message: 'interrupted' });
      expect(await makeHistory(database.url, OPTIONS)).toMatchObject({ status: 'MADE' });
    } finally {
      await database.drop();
    }
  });
});

/** What a history is refused with. */
function refused(url: string, options: Partial<HistoryOptions> = {}): Promise<unknown> {
  return makeHistory(url, { ...OPTIONS, ...options }).catch((error: unknown) => error);
}

function interrupted(done: number): void {
  if (done === 3) throw new Error('interrupted');
}

/** A database with demo patients: many days for the story, or few. */
async function demo(days = DAYS): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await loadDemo(database.url, { users: USERS, days, seed: 1, until: UNTIL, foods: demoFoodsOf(loadCatalogue()) });
  return database;
}

it('a demo is recognised by what it writes itself: the mark, and the names of its accounts', async () => {
  const database = await demo(14);
  const pool = openPool({ url: database.url, max: 1, name: 'test', onError: () => undefined });
  try {
    expect((await pool.query('select batch.is_demo() as demo')).rows).toEqual([{ demo: true }]);
    const { rows } = await pool.query<{ text: string }>("select pg_get_functiondef('batch.begin_demo_history'::regproc) as text");
    expect(rows[0]?.text).toContain(DEMO_USERNAME);
  } finally {
    await pool.end();
    await database.drop();
  }
});
