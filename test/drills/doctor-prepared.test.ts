import { expect, it } from '@jest/globals';
import { withClient } from '../../src/database/connect.js';
import { openPool } from '../../src/database/pool.js';
import type { CheckResult } from '../../src/doctor/finding.js';
import { judgeLocks } from '../../src/doctor/locks.js';
import { embeddedFixture } from '../support/embedded-fixture.js';
import { until } from '../support/until.js';

const fixture = embeddedFixture();

it('A prepared transaction that holds a table is told by its name, and that it is rolled back by another word', async () => {
  const server = await fixture.start({ flags: { max_prepared_transactions: '2' } });
  const url = server.url();
  const pool = openPool({ url, max: 2, name: 'doctor', onError: () => undefined });
  const told = async (): Promise<CheckResult> => {
    for (;;) {
      const verdict = await judgeLocks(pool, url);
      if (verdict.status !== 'ok') return verdict;
    }
  };
  try {
    await withClient({ url, name: 'report' }, async (client) => {
      await client.query('create table public.auth_user (id int)');
      await client.query("begin; lock table public.auth_user in access exclusive mode; prepare transaction 'nightly report'");
    });
    expect(await told()).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/prepared transaction nightly report has held (public\.)?auth_user for \d+ s/),
      advice: expect.stringContaining('rollback prepared'),
    });
    const waiting = withClient({ url, name: 'core', lockMs: 0 }, (client) => client.query('select from public.auth_user'));
    const waited = "select from pg_stat_activity where wait_event_type = 'Lock' and query_start < now() - interval '1 second'";
    await until(async () => (await pool.query(waited)).rowCount === 1);
    expect((await told()).found).toMatch(/^a run would wait: prepared transaction nightly report has held (public\.)?auth_user for \d+ s$/);
    await pool.query("rollback prepared 'nightly report'");
    await waiting;
    expect(await judgeLocks(pool, url)).toMatchObject({ status: 'ok' });
  } finally {
    await pool.end();
  }
});
