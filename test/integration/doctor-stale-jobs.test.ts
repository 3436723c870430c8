import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { judgeMongoJobs, judgePostgresJobs } from '../../src/doctor/job-stores.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { describeOnJobStores } from '../support/job-store-places.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;

/** A process that signed in, and was heard of so long ago by the database's clock. @returns its name in locks */
async function signIn(pool: Pool, silence: string, stopped = false): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into batch.worker (worker_id, host, pid, roles, lanes, version, seen_at, stopped_at)
      values ($1, 'test', 1, 'worker', 1, '1', now() - $2::interval, case when $3 then now() end)`,
    [id, silence, stopped],
  );
  return id;
}

describeOnJobStores('A job that is locked', (openPlace) => {
  it.each([
    { holder: 'that gives signs, whose clock is a day behind', silence: '1 second', stopped: false, clockMs: -DAY_MS, status: 'ok' },
    { holder: 'that has just said that it stops', silence: '1 day', stopped: true, clockMs: -DAY_MS, status: 'ok' },
    { holder: 'that gives no sign, whose clock was a day ahead', silence: '5 minutes', stopped: false, clockMs: DAY_MS, status: 'warning' },
    { holder: 'whose last sign lies in the future of the database', silence: '-1 day', stopped: false, clockMs: 0, status: 'warning' },
    { holder: 'that never signed in', silence: undefined, stopped: false, clockMs: 0, status: 'warning' },
  ])('by a process $holder is judged by the signs of the process', async ({ silence, stopped, clockMs, status }) => {
    const batch = await createTestBatch({ users: 1 });
    try {
      await using place = await openPlace(batch.url);
      const holder = silence === undefined ? randomUUID() : await signIn(batch.pool, silence, stopped);
      const store = place.open(holder);
      await store.start();
      await store.agenda?.create('run: lane', {}).save();
      await until(async () => (await place.jobs()).length === 1);
      await place.write('run: lane', { lockedAt: new Date(Date.now() + clockMs) });
      const { mongoUrl } = place.urls;
      const found = await (mongoUrl === undefined ? judgePostgresJobs(batch.pool) : judgeMongoJobs(mongoUrl, batch.pool));
      expect(found.status).toBe(status);
      expect(found.found).toMatch(status === 'ok' ? /^1 jobs? in/ : /1 of them locked by a process that gives no sign$/);
      await place.write('run: lane', { lockedAt: null });
      await store.stop(1_000);
    } finally {
      await batch.close();
    }
  });
});
