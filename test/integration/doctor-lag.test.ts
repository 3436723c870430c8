import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { judgeLag } from '../../src/doctor/log.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

it('The doctor tells who has a writing transaction open, and what hides behind it', async () => {
  const batch = await createTestBatch({ users: 12 });
  const client = await batch.pool.connect();
  try {
    await client.query(BEGIN_HELD);
    await client.query('select pg_current_xact_id()');
    await batch.request();
    const found = await judgeLag(batch.pool, { warning: 0, problem: 1_000 });
    expect(found).toMatchObject({ status: 'warning', advice: expect.stringContaining('pg_terminate_backend') });
    expect(found.found).toMatch(/^[1-9]\d* events wait to be seen.* has a writing transaction open/);
    expect(await judgeLag(batch.pool, { warning: 0, problem: 0 })).toMatchObject({ status: 'problem' });
    expect(await judgeLag(batch.pool, { warning: 1_000, problem: 2_000 })).toMatchObject({ status: 'ok' });
    expect(await asStranger(batch.pool, (db) => judgeLag(db, { warning: 0, problem: 1_000 }))).toMatchObject({
      found: expect.stringMatching(/; pid \d+ .* open for/),
    });
  } finally {
    await client.query('rollback');
    client.release();
    await batch.close();
  }
});

/** Asks as a role that may read the log, and see nothing of what others do. */
async function asStranger<T>(pool: Pool, question: (db: Pool) => Promise<T>): Promise<T> {
  const role = `stranger_${randomUUID().replaceAll('-', '')}`;
  const client = await pool.connect();
  try {
    await client.query(
      `create role ${role}; grant usage on schema batch to ${role}; grant select on all tables in schema batch to ${role}; set role ${role}`,
    );
    return await question(client as unknown as Pool);
  } finally {
    await client.query(`reset role; drop owned by ${role}; drop role ${role}`);
    client.release();
  }
}
