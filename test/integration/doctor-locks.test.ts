import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { readConfig } from '../../src/config/config.js';
import { withClient } from '../../src/database/connect.js';
import { migrate } from '../../src/migrations/migrate.js';
import type { CheckResult } from '../../src/doctor/finding.js';
import { judgeLocks } from '../../src/doctor/locks.js';
import { judgeTrial } from '../../src/doctor/trial.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { until } from '../support/until.js';

let batch: TestBatch;
let other: Client;

beforeEach(async () => {
  batch = await createTestBatch({ users: 12 });
  other = new Client({ connectionString: batch.url, application_name: 'nightly report' });
  await other.connect();
  await other.query(BEGIN_HELD);
});
afterEach(async () => {
  await other.end();
  await batch.close();
});

it.each(['public.auth_user', 'public.ibsafe_interventionrecord', 'batch.chunk_work'])(
  'The doctor ends while another session holds %s, and says which session that is',
  async (table) => {
    await other.query(`lock table ${table} in access exclusive mode`);
    await told();
    const findings = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: batch.url }), { invariants: false });
    const locks = findings.find(({ check }) => check === 'locks');
    expect(locks).toMatchObject({
      status: expect.stringMatching(/warning|problem/),
      advice: expect.stringContaining('pg_terminate_backend'),
    });
    expect(locks?.found).toMatch(new RegExp(`pid \\d+ \\(nightly report in .*\\) has held .*${table.replace('public.', '')}`));
    expect(findings.filter(({ status, found }) => status === 'problem' && found.includes('could not'))).toEqual([]); // no right is missing
    await other.query('rollback');
    expect(await judgeLocks(batch.pool, batch.url)).toMatchObject({ status: 'ok' });
  },
);

it('A row that a session of ours waits for is told, and that no right is missing for the trial of a run', async () => {
  await other.query('select from public.auth_user order by id limit 1 for update');
  const waiting = withClient({ url: batch.url, name: 'core', lockMs: 0 }, (client) =>
    client.query('select from public.auth_user order by id limit 1 for update'),
  );
  await lockWaiters(batch.pool, 1);
  expect((await told()).found).toMatch(/nightly report.* rows that this service waits for/);
  await other.query('rollback');
  await waiting;
  expect(await judgeTrial(batch.pool)).toMatchObject({ status: 'ok' });
});

it('A row that one session of ours waits for until another of ours has written is nothing to be told of', async () => {
  const ROW = 'select from public.auth_user order by id limit 1 for update';
  await other.query('rollback');
  const waited = `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query_start < now() - interval '2500 ms'`;
  await withClient({ url: batch.url, name: 'core' }, async (writer) => {
    await writer.query(BEGIN_HELD);
    await writer.query(ROW);
    const waiting = withClient({ url: batch.url, name: 'core', lockMs: 0 }, (client) => client.query(ROW));
    await until(async () => (await batch.rows<{ count: number }>(waited))[0]?.count === 1);
    expect(await judgeLocks(batch.pool, batch.url)).toMatchObject({ status: 'ok', found: 'no other session holds what a run needs' });
    await writer.query('rollback');
    await waiting;
  });
});

it('A migration waits for that of another process, says so, and is made when that has ended', async () => {
  const taken = 0x696273616665;
  await other.query('select pg_advisory_xact_lock($1)', [taken]);
  const said: string[] = [];
  const migrating = migrate(batch.url, { ibsafeTables: false, onWait: (sentence) => said.push(sentence) });
  await lockWaiters(batch.pool, 1);
  expect(said).toEqual(['Another process is migrating this database: it is waited for.']);
  await other.query('rollback');
  await migrating;
});

it('No connection of ours waits for a lock without an end, unless it asks for that', async () => {
  expect([await lockOf({}), await lockOf({ statementMs: 8_000 }), await lockOf({ lockMs: 0 })]).toEqual(['30s', '4s', '0']);
});

async function lockOf(more: object): Promise<string | undefined> {
  return withClient({ url: batch.url, name: 'test', ...more }, async (client) => {
    const { rows } = await client.query<{ lock_timeout: string }>('show lock_timeout');
    return rows[0]?.lock_timeout;
  });
}

/** What is told of a lock, which is told of when it has been held for a while. */
async function told(): Promise<CheckResult> {
  for (;;) {
    const verdict = await judgeLocks(batch.pool, batch.url);
    if (verdict.status !== 'ok') return verdict;
  }
}
