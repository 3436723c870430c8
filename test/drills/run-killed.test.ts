import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { begin, watch, type SeenProgress } from '../support/batch-client.js';
import { ask } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { followEvents } from '../support/run-events-client.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { holdTable, holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** The least that may be configured: what a dead worker held is free a second after its last sign. */
const SHORT_LEASE = { BATCH_LEASE_MS: '1000' };
/** Longer than any test: what is worked on again within it was given back, and a busy machine makes nobody lose it. */
const LONG_LEASE = { BATCH_LEASE_MS: '3600000' };

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  api = resources.use(await startTestService(database, { role: 'api' }));
});

/** Each run is for a day of its own: one that a failed test left open is in nobody's way. */
let recordDate = addDays(RECORD_DATE, 1);
beforeEach(() => {
  recordDate = addDays(recordDate, -1);
});

afterAll(async () => {
  await resources.end();
});

/** Lets a worker begin a run of twelve chunks or so and come to a step of the first two, then does something to it. */
async function interrupt(
  worker: ServiceProcess,
  at: 'READING' | 'WRITING',
  act: (release: () => Promise<void>) => Promise<void>,
): Promise<{ runId: string; seen: Promise<SeenProgress[]> }> {
  const hold = await holdWorkers(database, at);
  const runId = await begin(api.url, { recordDate });
  const seen = watch(api.url, runId);
  await hold.keeps(2);
  await act(() => hold.release());
  return { runId, seen };
}

/** Chunks that a worker finished, and all that were claimed more than once. */
async function chunksOf(runId: string, worker: ServiceProcess): Promise<{ done: number; takenOver: number }> {
  const [row] = await database.rows<{ done: number; takenOver: number }>(
    `select (select count(*)::int from batch.event where run_id = $1 and type = 'ChunkCompleted' and actor = $2) as done,
       (select count(*)::int from batch.chunk_work where run_id = $1 and fence > 1) as "takenOver"`,
    [runId, worker.workerId],
  );
  return row ?? { done: -1, takenOver: -1 };
}

describe('a worker that is killed', () => {
  it.each(['READING', 'WRITING'] as const)(
    'while %s leaves its chunks to another, which ends the run with nobody lost or doubled',
    async (at) => {
      await using doomed = await startServiceProcess(database, 'worker', SHORT_LEASE);
      const { runId, seen } = await interrupt(doomed, at, async (release) => {
        doomed.child.kill('SIGKILL');
        expect(await doomed.ended).toBe('SIGKILL');
        await release();
      });
      await using heir = await startServiceProcess(database, 'worker', LONG_LEASE);
      expect((await seen).at(-1)).toMatchObject({ status: 'COMPLETED', percent: 100 });
      expect(await chunksOf(runId, doomed)).toEqual({ done: 0, takenOver: 2 });
      expect((await chunksOf(runId, heir)).done).toBe((await seen).at(-1)?.chunkCount);
      expect(await faultsOf(database, runId)).toEqual([]);
    },
  );

  it('in the middle of a run is replaced by one that was working beside it', async () => {
    await using doomed = await startServiceProcess(database, 'worker', SHORT_LEASE);
    await using heir = await startServiceProcess(database, 'worker', LONG_LEASE);
    const runId = await begin(api.url, { recordDate, chunkSize: 1 });
    for await (const { type, actor } of followEvents(api.url, runId)) {
      if (type === 'ChunkCompleted' && actor === doomed.workerId) break;
    }
    doomed.child.kill('SIGKILL');
    expect((await watch(api.url, runId)).at(-1)).toMatchObject({ status: 'COMPLETED', percent: 100 });
    expect((await chunksOf(runId, doomed)).done).toBeGreaterThan(0);
    expect((await chunksOf(runId, heir)).done).toBeGreaterThan(0);
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});

describe('a worker that is asked to stop', () => {
  it('before it wrote a chunk gives it back at once and exits 0', async () => {
    await using leaving = await startServiceProcess(database, 'worker', LONG_LEASE);
    const { runId, seen } = await interrupt(leaving, 'READING', async (release) => {
      leaving.child.kill('SIGTERM');
      await leaving.heard('asked to stop');
      await release();
      expect(await leaving.ended).toBe(0);
    });
    const held = 'select chunk from batch.chunk_work where run_id = $1 and not done and (lease_until is not null or owner is not null)';
    expect(await database.column(held, [runId])).toEqual([]);
    expect((await chunksOf(runId, leaving)).done).toBe(0);
    await using heir = await startServiceProcess(database, 'worker', LONG_LEASE);
    expect((await seen).at(-1)).toMatchObject({ status: 'COMPLETED' });
    expect(await chunksOf(runId, heir)).toEqual({ done: (await seen).at(-1)?.chunkCount, takenOver: 2 });
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('while it writes finishes the write, takes nothing new, and exits 0', async () => {
    await using leaving = await startServiceProcess(database, 'worker', LONG_LEASE);
    const { runId, seen } = await interrupt(leaving, 'WRITING', async (release) => {
      leaving.child.kill('SIGTERM');
      await leaving.heard('asked to stop');
      await release();
      expect(await leaving.ended).toBe(0);
    });
    expect(await chunksOf(runId, leaving)).toEqual({ done: 2, takenOver: 0 });
    await using heir = await startServiceProcess(database, 'worker', LONG_LEASE);
    expect((await seen).at(-1)).toMatchObject({ status: 'COMPLETED' });
    expect((await chunksOf(runId, heir)).done).toBe(((await seen).at(-1)?.chunkCount ?? 0) - 2);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('while the database keeps it waiting exits with 1 when the grace time is over, and what it held runs out', async () => {
    await using stuck = await startServiceProcess(database, 'worker', { ...SHORT_LEASE, BATCH_GRACE_MS: '500' });
    const { runId, seen } = await interrupt(stuck, 'READING', async (release) => {
      stuck.child.kill('SIGTERM');
      expect(await stuck.ended).toBe(1);
      await release();
    });
    await using heir = await startServiceProcess(database, 'worker', LONG_LEASE);
    expect((await seen).at(-1)).toMatchObject({ status: 'COMPLETED' });
    expect(await chunksOf(runId, heir)).toMatchObject({ takenOver: 2 });
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});

describe('an api process that is asked to stop', () => {
  it('while the database keeps a caller waiting exits when the grace time is over', async () => {
    await using stuck = await startServiceProcess(database, 'api', { BATCH_GRACE_MS: '500' });
    const hold = await holdTable(database, 'ibsafe_interventionrecord in access exclusive mode');
    const unanswered = expect(ask(stuck.url, '{ interventions { nodes { id } } }')).rejects.toThrow('fetch failed');
    await hold.keeps(1);
    stuck.child.kill('SIGTERM');
    expect(await stuck.ended).toBe(0);
    await unanswered;
    await hold.release();
  });
});
