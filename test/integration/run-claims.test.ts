import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cancelRun } from '../../src/application/run/cancel-run.js';
import { planRun } from '../../src/application/run/plan-run.js';
import type { ClaimedChunk, Deps, Generator } from '../../src/application/ports.js';
import { processChunk } from '../../src/application/chunk/process-chunk.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { addDays } from '../../src/domain/local-date.js';
import { begin } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { gate } from '../support/gate.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const LEASE_MS = 3_600_000;
const unending = new AbortController().signal;
const UNENDING = { stopping: unending, lost: unending };

const resources = new Resources();
let database: PatientsDatabase;
/** Two processes' worth of use cases, whose chunks nobody works on but the test. */
let services: TestService[];
let first: Deps;
let second: Deps;
let runId: string;
let recordDate = addDays(RECORD_DATE, 1);

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  await database.rows('delete from ibsafe_interventionrecord');
  services = [];
  for (let process = 0; process < 2; process += 1) services.push(resources.use(await startTestService(database, { role: 'api' })));
  [first, second] = services.map(({ core }) => core.deps) as [Deps, Deps];
});

beforeEach(async () => {
  recordDate = addDays(recordDate, -1);
  runId = await begin(services[0]?.url ?? '', { recordDate });
  await planRun(first, runId);
});

afterAll(async () => {
  await resources.end();
});

async function claim(deps: Deps): Promise<ClaimedChunk> {
  const claimed = await deps.lanes.claim(runId, deps.settings.workerId, LEASE_MS);
  if (claimed === undefined) throw new Error('no chunk is free');
  return claimed;
}

const expireLeases = (): Promise<unknown> =>
  database.rows(`update batch.chunk_work set lease_until = now() - interval '1 ms' where run_id = $1 and not done`, [runId]);
const outcomes = (): Promise<number[]> =>
  database.column<number>('select user_id from batch.event where run_id = $1 and user_id is not null', [runId]);
const advised = (): Promise<number[]> =>
  database.column<number>('select user_id from ibsafe_interventionrecord where record_date = $1', [recordDate]);

describe('the fence of a chunk', () => {
  it('refuses the write of an owner whose lease ran out, although nobody has written yet', async () => {
    const late = await claim(first);
    await expireLeases();
    const present = await claim(second);
    expect({ chunk: present.chunk, fence: present.fence }).toEqual({ chunk: late.chunk, fence: late.fence + 1 });

    expect(await processChunk(first, late, UNENDING)).toMatchObject({ status: 'stopped' });
    expect([await outcomes(), await advised()]).toEqual([[], []]);

    expect(await processChunk(second, present, UNENDING)).toMatchObject({ status: 'judged' });
    expect((await outcomes()).length).toBe(late.userIds.length);
  });

  it('refuses it after the new owner has written, and the new owner’s own repetition', async () => {
    const late = await claim(first);
    await expireLeases();
    const present = await claim(second);
    expect(await processChunk(second, present, UNENDING)).toMatchObject({ status: 'judged' });
    const written = [await outcomes(), await advised()];
    expect(await processChunk(first, late, UNENDING)).toMatchObject({ status: 'stopped' });
    expect(await processChunk(second, present, UNENDING)).toMatchObject({ status: 'stopped' });
    expect([await outcomes(), await advised()]).toEqual(written);
  });

  it('lets a late owner neither renew nor give back what is another’s, and nobody renew what was given back', async () => {
    const late = await claim(first);
    await expireLeases();
    const present = await claim(second);
    expect(await first.lanes.renew(late, LEASE_MS)).toBe(false);
    await first.lanes.release(late);
    expect(await second.lanes.renew(present, LEASE_MS)).toBe(true);
    expect((await first.lanes.claim(runId, first.settings.workerId, LEASE_MS))?.chunk).not.toBe(present.chunk);
    await second.lanes.release(present);
    expect(await second.lanes.renew(present, LEASE_MS)).toBe(false); // a renewal that was on its way revives nothing
    expect(
      await database.column('select lease_until from batch.chunk_work where run_id = $1 and chunk = $2', [runId, present.chunk]),
    ).toEqual([null]);
  });

  it('is no obstacle to an owner whose lease ran out and whom nobody replaced', async () => {
    const late = await claim(first);
    await expireLeases();
    expect(await processChunk(first, late, UNENDING)).toMatchObject({ status: 'judged' });
  });
});

describe('an order about a run', () => {
  it('comes after the writers before it and before those after it, however their transactions overlap', async () => {
    const [early, late] = [await claim(first), await claim(second)];
    const held = gate();
    const go = gate();
    const order: string[] = [];
    const earlier = first.transaction(async (tx) => {
      await tx.chunks.hold(early);
      held.open();
      await go.opened;
      order.push('earlier writer');
    });
    await held.opened;
    const cancelling = cancelRun(first, runId, {}, 'test');
    await lockWaiters(database.pool, 1, 'advisory');
    const later = second.transaction(async (tx) => order.push(`later writer: ${(await tx.chunks.hold(late))?.cancelled}`));
    // Its shared lock would be granted beside the first one's, were it not for the order that waits: nothing ends before the first does.
    await lockWaiters(database.pool, 2, 'advisory');
    go.open();
    await Promise.all([earlier, cancelling, later]);
    expect(order).toEqual(['earlier writer', 'later writer: true']);
    await runLane(first, runId, unending); // the rest of the roster is recorded as cancelled
  });
});

describe('a lane', () => {
  it('keeps no transaction open while its generator works', async () => {
    const open: number[] = [];
    const rules = first.generators.get('RULES') as Generator;
    const watching: Generator = {
      name: 'RULES',
      concurrency: 4,
      async generate(...args) {
        open.push(
          ...(await database.column<number>(
            `select pid from pg_stat_activity where datname = current_database() and state ~ 'in transaction'`,
          )),
        );
        return rules.generate(...args);
      },
    };
    await runLane({ ...first, generators: new Map([['RULES', watching]]) }, runId, unending);
    expect(open).toEqual([]);
    expect((await outcomes()).length).toBeGreaterThan(40);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('counts a generator that throws as a failure of that user, and tells nobody what it said', async () => {
    const rules = first.generators.get('RULES') as Generator;
    const able = (await expectedOutcomes(database, recordDate)).filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId);
    const [throws, rejects] = [able[3], able[4]];
    const throwing: Generator = {
      name: 'RULES',
      concurrency: 2,
      generate(inputs, ...rest) {
        if (inputs.userId === throws) throw new Error('what was eaten');
        return inputs.userId === rejects ? Promise.reject(new Error('what was eaten')) : rules.generate(inputs, ...rest);
      },
    };
    await runLane({ ...first, generators: new Map([['RULES', throwing]]) }, runId, unending);
    const failed = await database.rows(`select user_id, data from batch.event where run_id = $1 and type = 'UserFailed' order by user_id`, [
      runId,
    ]);
    const data = { code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };
    expect(failed).toEqual([throws, rejects].map((user_id) => ({ user_id, data })));
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('renews the lease of its first chunk while it waits for the run itself, to record that the run has begun', async () => {
    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query('select from batch.run_view where run_id = $1 for update', [runId]);
    const lane = runLane({ ...first, settings: { ...first.settings, leaseMs: 300 } }, runId, unending);
    await lockWaiters(database.pool, 1, 'transactionid');
    const leases = (): Promise<Date[]> =>
      database.column<Date>('select lease_until from batch.chunk_work where run_id = $1 and lease_until is not null', [runId]);
    const [given] = await leases();
    await until(async () => ((await leases())[0]?.getTime() ?? 0) > (given?.getTime() ?? 0));
    await holder.query('rollback');
    holder.release();
    await lane;
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
