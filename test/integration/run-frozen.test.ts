import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { begin, runToEnd, watch } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

const chunksBy = (runId: string, workerId: string): Promise<number[]> =>
  database.column<number>(
    `select (data->>'chunk')::int from batch.event where run_id = $1 and type = 'ChunkCompleted' and actor = $2 order by 1`,
    [runId, workerId],
  );

describe('a worker that stands still for longer than its lease', () => {
  it('finds its chunk done by another when it goes on, writes nothing of it, and is of use again', async () => {
    const quick = { BATCH_LEASE_MS: '1000', WORKER_LANES: '1' };
    await using sleeper = await startServiceProcess(database, 'worker', quick);
    const hold = await holdWorkers(database, 'READING');
    const runId = await begin(api.url);
    await hold.keeps(1);
    sleeper.child.kill('SIGSTOP');
    await hold.release();

    const heir = await startServiceProcess(database, 'worker', { ...quick, BATCH_LEASE_MS: '3600000' }); // which no busy machine makes it lose
    expect((await watch(api.url, runId)).at(-1)).toMatchObject({ status: 'COMPLETED', percent: 100 });
    expect(await database.column('select chunk from batch.chunk_work where run_id = $1 and fence > 1', [runId])).toEqual([0]);
    await heir[Symbol.asyncDispose]();

    // Its only lane is still at the lost chunk: that it works off another run shows that it is through with this one.
    sleeper.child.kill('SIGCONT');
    const next = await runToEnd(api.url, { recordDate: addDays(RECORD_DATE, -1) });
    expect((await chunksBy(next.runId, sleeper.workerId)).length).toBe(next.end.chunkCount);
    expect(await chunksBy(runId, sleeper.workerId)).toEqual([]);
    expect(await faultsOf(database, runId)).toEqual([]);
    expect(await faultsOf(database, next.runId)).toEqual([]);
  });
});
