import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cancelRun } from '../../src/application/run/cancel-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { PostgresLaneStore } from '../../src/store/lane-store.js';
import { Workers } from '../../src/store/workers.js';
import { localDate } from '../../src/domain/local-date.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

const LEASE_MS = 60_000;
const ABLE = { generators: ['RULES'], programs: ['daily'] } as const;

/** Times that were written while the database's clock was three days ahead; it is right again. The clock itself is moved in test/faults (27). */
describe('after the database’s clock was three days ahead', () => {
  let batch: TestBatch;
  let lanes: PostgresLaneStore;
  beforeEach(async () => {
    batch = await createTestBatch({ users: 10 });
    lanes = new PostgresLaneStore(batch.pool);
  });
  afterEach(() => batch.close());

  const ahead = (table: string, ...columns: string[]): Promise<unknown> =>
    batch.rows(`update batch.${table} set ${columns.map((column) => `${column} = ${column} + interval '3 days'`).join(', ')}`);
  const claim = (runId: string) => lanes.claim(runId, randomUUID(), LEASE_MS);

  it('a lease that a dead worker took then is no lease: the chunk is due and another takes it over', async () => {
    const runId = await batch.request();
    const first = await claim(runId);
    await ahead('chunk_work', 'lease_until', 'claimed_at');
    expect(await lanes.due(ABLE)).toEqual([{ runId, needs: 'LANES' }]);
    expect(await lanes.stranded()).toEqual([runId]);
    const second = await claim(runId);
    expect([second?.chunk, second?.fence]).toEqual([first?.chunk, (first?.fence ?? 0) + 1]);
  });

  it('a lease that its owner renewed since is one', async () => {
    const runId = await batch.request();
    const mine = await claim(runId);
    await ahead('chunk_work', 'lease_until', 'claimed_at');
    if (mine === undefined) throw new Error('nothing was claimed');
    expect(await lanes.renew(mine, LEASE_MS)).toBe(true);
    expect(await claim(runId)).toBeUndefined();
    expect(await lanes.due(ABLE)).toEqual([]);
  });

  it('a lease of another length than one’s own is believed as its owner meant it', async () => {
    const runId = await batch.request();
    await lanes.claim(runId, randomUUID(), 600_000);
    expect(await lanes.claim(runId, randomUUID(), 1_000)).toBeUndefined();
  });

  it('a cancel of then ends the run now: its chunk is taken from its owner, once', async () => {
    const runId = await batch.request();
    await claim(runId);
    await cancelRun(batch.deps, runId, {}, 'test');
    await ahead('run_view', 'cancel_requested_at');
    expect(await claim(runId)).toMatchObject({ cancelled: true, fence: 2 });
    expect(await claim(runId)).toBeUndefined(); // whoever records the rest is left alone
    expect(await lanes.due(ABLE)).toEqual([]);
  });

  it('a cancel of now ends a run whose chunk was claimed then', async () => {
    const runId = await batch.request();
    await claim(runId);
    await ahead('chunk_work', 'lease_until', 'claimed_at');
    await cancelRun(batch.deps, runId, {}, 'test');
    expect(await lanes.due(ABLE)).toEqual([{ runId, needs: 'CANCELLING' }]);
    expect(await claim(runId)).toMatchObject({ cancelled: true });
  });

  it('a run that was asked for then, and whose ring was lost, is planned now', async () => {
    const answer = await requestRun(batch.deps, { trigger: 'MANUAL', recordDate: localDate('2026-03-01') }, { actor: 'test' });
    await ahead('run_view', 'requested_at');
    expect(await lanes.due(ABLE)).toMatchObject([{ runId: 'run' in answer ? answer.run.runId : '', needs: 'PLAN' }]);
  });

  it('a run that was planned then, and whose lanes were lost, has lanes opened now', async () => {
    const runId = await batch.request();
    await ahead('run_view', 'requested_at', 'planned_at');
    expect(await lanes.due(ABLE)).toEqual([{ runId, needs: 'LANES' }]);
  });

  it('a process that gave its last sign then is not alive', async () => {
    await batch.rows(
      `insert into batch.worker (worker_id, host, pid, roles, lanes, version) values (gen_random_uuid(), 'here', 1, 'all', 4, '0')`,
    );
    expect([(await new Workers(batch.pool).alive()).length, await lanes.capacity()]).toEqual([1, 4]);
    await ahead('worker', 'seen_at');
    expect([(await new Workers(batch.pool).alive()).length, await lanes.capacity()]).toEqual([0, 1]);
  });
});
