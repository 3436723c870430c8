import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HEARTBEAT_MS, letGoOfWorkers, Workers } from '../../src/store/workers.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

const ENTRY = `insert into batch.worker (worker_id, host, pid, roles, lanes, version, started_at, seen_at, stopped_at)
  select gen_random_uuid(), $1, 1, 'all', 2, '1', now() - $2::interval, now() - $2::interval, $3 from generate_series(1, $4)`;

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 1 });
});
afterEach(async () => {
  jest.useRealTimers();
  await batch.close();
});

describe('entries of processes', () => {
  it('are let go sixty days after their last sign, stopped or killed, and no others', async () => {
    for (const [host, age, stoppedAt, count] of [
      ['stopped long ago', '61 days', '2026-01-01', 2_100], // more than one statement lets go of
      ['killed long ago', '61 days', null, 1],
      ['killed', '59 days', null, 1],
      ['living', '0 days', null, 1],
    ])
      await batch.pool.query(ENTRY, [host, age, stoppedAt, count]);
    expect(await letGoOfWorkers(batch.pool)).toBe(2_101);
    expect(await batch.rows('select host from batch.worker order by host')).toEqual([{ host: 'killed' }, { host: 'living' }]);
  });

  it('are made anew by the next sign of a process that lives', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    const sent: Promise<unknown>[] = [];
    const workers = new Workers({
      query: ((...asked: [string, unknown[]]) => {
        const answer = batch.pool.query(...asked);
        sent.push(answer);
        return answer;
      }) as never,
    });
    const workerId = batch.deps.settings.workerId;
    await workers.signIn({ workerId, roles: 'all', lanes: 3, version: '1' });
    await batch.pool.query('delete from batch.worker');
    jest.advanceTimersByTime(HEARTBEAT_MS);
    await Promise.all(sent);
    expect(await batch.rows('select worker_id as id, lanes, stopped_at as stopped from batch.worker')).toEqual([
      { id: workerId, lanes: 3, stopped: null },
    ]);
    await workers.signOut(workerId);
  });
});
