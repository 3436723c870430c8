import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { withClient } from '../../src/database/connect.js';
import { judgeTrial } from '../../src/doctor/trial.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { faultsOf } from '../support/run-faults.js';

const TABLE = 'public.ibsafe_interventionrecord';
const unending = new AbortController().signal;

/** What a session is: as whom it works, each setting that a session may change, what it listens to, and its locks that outlast a transaction. */
const SESSION = `select current_user::text as "user", session_user::text as owner, (select jsonb_object_agg(name, setting) from pg_settings where context in ('user', 'superuser') and name not like 'plpgsql.%') as settings,
  array(select pg_listening_channels()) as channels, (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
  coalesce(current_setting('app.of_the_app', true), '') as own`;

/** How each session of the pool stands. */
async function sessionsOf(pool: pg.Pool): Promise<object[]> {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  const sessions = await Promise.all(clients.map(async (client) => (await client.query<object>(SESSION)).rows[0] as object));
  for (const client of clients) client.release();
  return sessions;
}

const set = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `perform set_config('${name}', '${value}', false);`)
    .join(' ');

const DEEDS = [
  [
    'how values are written',
    set({ IntervalStyle: 'sql_standard', DateStyle: 'SQL, DMY', TimeZone: 'Pacific/Apia', bytea_output: 'escape' }),
  ],
  ['what a statement means', set({ search_path: 'public', standard_conforming_strings: 'off', default_transaction_read_only: 'on' })],
  ['how long it may take, and how it is planned', set({ statement_timeout: '59s', lock_timeout: '58s', enable_seqscan: 'off' })],
  ['whether keys are asked at all', set({ session_replication_role: 'replica' })],
  ['whose rights it has', set({ role: 'pg_monitor' })],
  ['who it is', set({ session_authorization: 'pg_monitor' })],
  ['what it hears and holds', `execute 'listen of_the_app'; perform pg_advisory_lock_shared(4711); ${set({ 'app.of_the_app': 'x' })}`],
] as const;

/** A deed by which the session works as another. */
const AS_ANOTHER = /role', 'pg_|session_authorization/;

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 30 });
});
afterEach(() => batch.close());

/** The same deed where no trigger is: in what a value must be, the table's or a domain's, what stands where none is given, and an index. */
const BY_VALUE = [
  ['a check of the table', `alter table ${TABLE} add check (public.is_fit(user_id))`],
  [
    'a check of a domain',
    `create domain public.kind as varchar(10) check (public.is_fit(length(value))); alter table ${TABLE} alter gubun type public.kind`,
  ],
  ['a default', `alter table ${TABLE} add of_the_app boolean default public.is_fit(1)`],
  ['an index', `create index of_the_app on ${TABLE} (public.is_fit(user_id))`],
] as const;

const adopt = (when: string, deed: string): Promise<unknown> =>
  batch.pool.query(`create function public.change() returns trigger language plpgsql as $$ begin ${deed} return new; end $$;
    create ${when.replace('ON', `on ${TABLE}`)} for each row execute function public.change()`);

/** Runs twice on the table as it is, the second over the first, and looks at what it left. */
async function expectNothingLeft(): Promise<void> {
  const first = await batch.request();
  await runLane(batch.deps, first, unending);
  const [run] = await batch.rows<{ date: string }>(`select record_date::text as date from batch.run_view where run_id = $1`, [first]);
  const again = await batch.request({ recordDate: run?.date as never, onExisting: 'REGENERATE' });
  await runLane(batch.deps, again, unending);
  for (const runId of [first, again])
    expect(
      await batch.rows(
        `select distinct data->>'code' as code, (select status from batch.run_view where run_id = $1) as status from batch.event where run_id = $1 and type = 'UserFailed'`,
        [runId],
      ),
    ).toEqual([{ code: 'INVALID_INPUT', status: 'COMPLETED_WITH_FAILURES' }]); // of those whose records the fixture breaks
  expect(await faultsOf(batch, again)).toEqual([]);
  expect(await batch.rows(`select from ${TABLE}`)).not.toEqual([]);
  const [one, ...others] = await sessionsOf(batch.pool);
  for (const other of others) expect(other).toEqual(one);
}

/** In a session that is not of the pool: some of it is called at once. */
const elsewhere = (statements: string): Promise<void> =>
  withClient({ url: batch.url, name: 'test', searchPath: 'public' }, async (client) => void (await client.query(statements)));

describe('a function of the app that changes the session without a trigger', () => {
  it.each(BY_VALUE)('leaves none of it to what follows: %s', async (_, adoption) => {
    // An index takes no function that is free to do more.
    const deeds = DEEDS.map(([, deed]) => deed).filter((deed) => !AS_ANOTHER.test(deed) && !deed.includes('listen'));
    await elsewhere(
      `create function public.is_fit(int) returns boolean immutable language plpgsql as $$ begin ${deeds.join(' ')} return true; end $$`,
    );
    await elsewhere(adoption);
    await expectNothingLeft();
  });

  it('be it the one of the server itself', async () => {
    await elsewhere(`alter table ${TABLE} add tenant text default set_config('statement_timeout', '59s', false)`);
    await expectNothingLeft();
  });
});

describe('a trigger of the app that changes the session', () => {
  it.each(
    DEEDS.flatMap(([what, deed]) => [
      [what, 'on its way in', 'trigger change before insert or update ON', deed] as const,
      // Later than that, PostgreSQL itself refuses a change of who it is: as each row's deed comes under the role that wrote the row.
      ...(AS_ANOTHER.test(deed)
        ? []
        : [[what, 'at the commit', 'constraint trigger change after insert or update ON deferrable initially deferred', deed] as const]),
    ]),
  )('(%s, %s) leaves none of it to what follows, copied or replaced', async (_, _when, trigger, deed) => {
    await adopt(trigger, deed);
    expect(await judgeTrial(batch.pool)).toMatchObject({ status: 'ok' });
    await expectNothingLeft();
  });
});
