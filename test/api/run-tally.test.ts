import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/migrations/migrate.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { cancelRun, endOf } from '../support/control-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const WHAT_IT_CAME_TO = `{ runs(first: 10) { nodes { id status
  progress { status roster chunkCount chunksDone generated skipped failed cancelled done percent usersPerSecond secondsLeft at reasons { reason users } }
  report { interventions keeping skipped failed cancelled reasons { reason users } } } } }`;

interface Told {
  readonly status: string;
  readonly progress: { readonly done: number; readonly cancelled: number; readonly chunksDone: number };
}

const resources = new Resources();
let database: PatientsDatabase;
/** Works on nothing: what it asks the database, it asks for us. */
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  await using service = await startTestService(database);
  await runToEnd(service.url, { chunkSize: 5 });
  await runToEnd(service.url, { chunkSize: 5, dryRun: true }); // everybody is skipped, with a reason
  const hold = await holdWorkers(database, 'READING');
  const runId = await begin(service.url, { chunkSize: 5, dryRun: true, onExisting: 'REGENERATE' });
  await hold.keeps(2);
  await cancelRun(service.url, runId, 'the records are wrong');
  await hold.release();
  expect(await endOf(service.url, runId)).toBe('CANCELLED');
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

const told = async (): Promise<readonly Told[]> => (await dataOf<{ runs: { nodes: Told[] } }>(api.url, WHAT_IT_CAME_TO)).runs.nodes;
const tallies = (): Promise<unknown[]> => database.column('select tally from batch.run_view order by requested_at');

describe('what a run came to', () => {
  it('is the same by the event that ended it as by the sums of its chunks, which are not looked at for it', async () => {
    const byTheirEnds = await told();
    expect(byTheirEnds.map(({ status }) => status)).toEqual(['CANCELLED', 'COMPLETED', 'COMPLETED']);
    expect(byTheirEnds[0]?.progress.cancelled).toBeGreaterThan(0);
    for (const { progress } of byTheirEnds) expect(progress.chunksDone).toBeGreaterThan(5);
    const asked = await statementsOf(told);
    expect(asked.filter((text) => text.includes('chunk_view'))).toEqual([]);

    await using kept = await withoutTallies();
    expect(await told()).toEqual(byTheirEnds);
    const summed = await statementsOf(told);
    expect(summed.filter((text) => text.includes('chunk_view'))).toHaveLength(2); // for all runs at once, as of runs that go on
    expect(kept.tallies).toEqual([expect.any(Object), expect.any(Object), expect.any(Object)]);
  });

  it('is filled in for runs that were over before it was kept, as their ends told it', async () => {
    const before = await tallies();
    await database.pool.query('alter table batch.run_view drop column tally');
    await database.pool.query(`delete from batch.migration where name = '012-run-tallies'`);
    await migrate(database.url, { ibsafeTables: false });
    expect(await tallies()).toEqual(before);
    expect(before).toHaveLength(3);
    expect((await compareViews(database.pool)).differences).toEqual([]);
  });
});

/** As runs stand that an earlier release ended, until the end of the test. */
async function withoutTallies(): Promise<AsyncDisposable & { tallies: unknown[] }> {
  const kept = await tallies();
  await database.pool.query('create table public.kept_tally as select run_id, tally from batch.run_view');
  await database.pool.query('update batch.run_view set tally = null');
  return {
    tallies: kept,
    async [Symbol.asyncDispose]() {
      await database.pool.query('update batch.run_view v set tally = k.tally from public.kept_tally k where k.run_id = v.run_id');
      await database.pool.query('drop table public.kept_tally');
    },
  };
}
