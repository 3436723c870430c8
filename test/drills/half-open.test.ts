import { expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { holdWorkers } from '../support/table-hold.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { openPostgresProxy } from '../support/postgres-proxy.js';
import { startServiceProcess } from '../support/service-process.js';
import { createPatients, RECORD_DATE } from '../support/patients-database.js';
import { dataOf } from '../support/graphql-client.js';
import { startTestService } from '../support/test-service.js';

const RUN = 'mutation ($date: Date!) { runBatch(input: { recordDate: $date, chunkSize: 100 }) { ... on RunBatchAccepted { run { id } } } }';
const requestRun = async (url: string): Promise<string> =>
  (await dataOf<{ runBatch: { run: { id: string } } }>(url, RUN, { date: RECORD_DATE })).runBatch.run.id;

it('A run whose lanes’ connections die without a word, in the middle of a write, ends with one outcome for each user', async () => {
  await using database = await createPatients();
  const { hostname: host, port } = new URL(database.url);
  await using proxy = await openTcpProxy({ host, port: Number(port) });
  const url = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
  // A second for a statement: what is found out within a minute by default is found out within seconds here.
  await using service = await startTestService({ url }, { environment: { BATCH_STATEMENT_MS: '1000', BATCH_LEASE_MS: '60000' } });
  const hold = await holdWorkers(database, 'WRITING');
  const runId = await requestRun(service.url);
  await hold.keeps(2);
  proxy.stall();
  await hold.release();
  const [ended] = await untilEnded(database, runId);
  expect(ended).toMatchObject({ status: 'COMPLETED' });
  const [outcomes] = await database.rows<{ users: number; outcomes: number; attempts: number }>(
    `select count(distinct user_id)::int as users, count(*)::int as outcomes, max((data->>'attempts')::int) as attempts
     from batch.event where run_id = $1 and user_id is not null`,
    [runId],
  );
  expect(outcomes).toMatchObject({ users: ended?.roster, outcomes: ended?.roster });
  expect(outcomes?.attempts).toBeGreaterThan(1); // the fault bit
});

it('A service whose connections died without a word ends when its grace time is over, not when their answers do not come', async () => {
  await using database = await createPatients();
  await using proxy = await openPostgresProxy(database.url);
  await using stuck = await startServiceProcess(proxy, 'all', { BATCH_GRACE_MS: '500' }); // a statement may take a minute
  const hold = await holdWorkers(database, 'READING');
  await requestRun(stuck.url);
  await hold.keeps(2);
  proxy.stall(() => true);
  stuck.child.kill('SIGTERM');
  expect(await stuck.ended).toBe(1); // two lanes did not end
  await hold.release();
});

it('A service whose pool is exhausted says so, is ready again when it is not, and ends its run', async () => {
  await using database = await createPatients();
  await using service = await startTestService(database);
  const { pool } = service.core;
  const hold = await holdWorkers(database, 'READING');
  const runId = await requestRun(service.url);
  await hold.keeps(2);
  const free = (pool.options.max ?? 0) - 2; // two lanes wait for the table
  const taken = await Promise.all(Array.from({ length: free }, () => pool.connect()));
  const waiting = pool.query('select 1');
  const unready = await fetch(`${service.url}/readyz`);
  expect([unready.status, await unready.json()]).toEqual([
    503,
    expect.objectContaining({
      failing: ['database'],
      checks: expect.objectContaining({
        database: expect.objectContaining({ problem: expect.stringMatching(/every connection of the pool is in use, and \d+ wait/) }),
      }),
    }),
  ]);
  for (const client of taken) client.release();
  await waiting;
  await until(async () => (await fetch(`${service.url}/readyz`)).status === 200); // the answer of before serves for a second
  await hold.release();
  expect(await untilEnded(database, runId)).toMatchObject([{ status: 'COMPLETED' }]);
});

type Ended = { readonly status: string; readonly roster: number };

async function untilEnded(database: Awaited<ReturnType<typeof createPatients>>, runId: string): Promise<Ended[]> {
  let rows: Ended[] = [];
  await until(async () => {
    rows = await database.rows<Ended>('select status, roster from batch.run_view where run_id = $1 and ended_at is not null', [runId]);
    return rows.length > 0;
  });
  return rows;
}
