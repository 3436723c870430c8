import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Generator } from '../../src/application/ports.js';
import { PostgresReaderWatch } from '../../src/records/reader-watch.js';
import { adviceHash } from '../support/advice-hash.js';
import { runToEnd } from '../support/batch-client.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { gate } from '../support/gate.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  // By default the watch is off: here the test alone tells of readers.
  service = resources.use(await startTestService(database, { environment: { METRICS_PORT: '0' } }));
});

afterAll(async () => {
  await resources.end();
});

const reads = (ms: number): number[] => Array.from({ length: 50 }, () => ms);
const partsOf = async (runId: string): Promise<number> =>
  (await database.rows(`select from batch.event_log where run_id = $1 and type = 'ChunkProgressed'`, [runId])).length;

describe('a run that gives way', () => {
  it('writes the same advice byte for byte in small portions as in whole chunks, and an outcome each', async () => {
    const whole = await runToEnd(service.url, { chunkSize: 60, onExisting: 'REGENERATE' });
    expect(await partsOf(whole.runId)).toBe(0);
    const hash = await adviceHash(database, RECORD_DATE);
    expect(hash.rows).toBeGreaterThan(40);

    const { pace } = service.core.deps.room;
    pace.bound(2);
    for (let look = 0; look < 40; look += 1) pace.look({ othersAsk: true, isRunning: true, readMs: reads(9) });
    expect(pace.seen).toMatchObject({ lanes: 1, rest: 3 });
    pace.worked(1_000, 50_000);
    const small = await runToEnd(service.url, { chunkSize: 60, onExisting: 'REGENERATE' });
    expect(await partsOf(small.runId)).toBeGreaterThan(1);
    expect(small.end).toMatchObject({ generated: whole.end.generated, skipped: whole.end.skipped, failed: whole.end.failed });
    expect(await adviceHash(database, RECORD_DATE)).toEqual(hash);
    expect(await faultsOf(database, small.runId)).toEqual([]);
  });

  it('is told by metrics', async () => {
    const text = await (await fetch(`${service.statusUrl}/metrics`)).text();
    expect(text).toMatch(/^ibsafe_batch_pace_lanes 1$/m);
    expect(text).toMatch(/^ibsafe_batch_pace_portion_seconds 0\.05$/m);
    expect(text).toMatch(/^# TYPE ibsafe_batch_reader_beside_seconds gauge$/m);
  });
});

describe('lanes that wait for a model', () => {
  it('wait for no place: two of them work side by side where one may compute', async () => {
    const batch = await createTestBatch({ users: 40 });
    try {
      const runId = await batch.request({ chunkSize: 20 });
      const { pace } = batch.deps.room;
      pace.bound(2);
      for (let look = 0; look < 40; look += 1) pace.look({ othersAsk: true, isRunning: true, readMs: reads(9) });
      const rules = batch.deps.generators.get('RULES') as Generator;
      const both = gate();
      const asked = new Set<boolean>();
      const waiting: Generator = {
        name: 'RULES',
        concurrency: 4,
        generate: async (inputs, ...rest) => {
          if (asked.add(inputs.userId > 20).size === 2) both.open();
          await both.opened;
          return rules.generate(inputs, ...rest);
        },
      };
      const deps = { ...batch.deps, generators: new Map([['RULES' as const, waiting]]) };
      const { signal } = new AbortController();
      await Promise.all([runLane(deps, runId, signal), runLane(deps, runId, signal)]);
      expect(asked.size).toBe(2);
      expect(await faultsOf(batch, runId)).toEqual([]);
    } finally {
      await batch.close();
    }
  });
});

describe('a look at the readers of the database', () => {
  it('sees others who ask, but none of its own, and what a reader takes while no run goes on', async () => {
    await using quiet = await createPatients(5);
    const own = new Client({ connectionString: quiet.url, application_name: 'ibsafe-batch test' });
    await own.connect();
    try {
      // The database's pool is called as those of the service are: all that asks here is its own.
      const watch = new PostgresReaderWatch(own, 'ibsafe-batch');
      const before = await watch.look();
      expect(before).toMatchObject({ othersAsk: false, isRunning: false });
      expect(before.readMs).toHaveLength(50);
      for (const ms of before.readMs) expect(ms).toBeGreaterThanOrEqual(0);
      const app = new Client({ connectionString: quiet.url, application_name: 'ibsafe' });
      await app.connect();
      await app.query('select 1');
      expect(await watch.look()).toMatchObject({ othersAsk: true });
      await app.end();
    } finally {
      await own.end();
    }
  });

  it('is made by a service that is to give way, within its lanes, and by no other', async () => {
    await using other = await createPatients(5);
    await using giving = await startTestService(other, { environment: { BATCH_GIVE_WAY: 'on', METRICS_PORT: '0' } });
    expect(giving.core.deps.room.pace.seen).toMatchObject({ lanes: 2, rest: 0 });
    expect(service.core.deps.room.pace.seen.lanes).toBe(1);
    await using without = await startTestService(other);
    expect(without.core.deps.room.pace.seen.lanes).toBe(Number.POSITIVE_INFINITY);
  });
});
