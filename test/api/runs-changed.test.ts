import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { addDays } from '../../src/domain/local-date.js';
import { begin } from '../support/batch-client.js';
import { cancelRun, pauseRun, resumeRun } from '../support/control-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { RunsWatcher } from '../support/runs-watcher.js';
import { slowRequest } from '../support/slow-request.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const ENDED = ['COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED'];

const resources = new Resources();
let database: PatientsDatabase;
/** Answers and works on nothing: other processes do. */
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterEach(async () => {
  for (const id of await database.column<string>('select run_id from batch.run_view where ended_at is null')) await cancelRun(api.url, id);
});

afterAll(async () => {
  await resources.end();
});

/** A dry run of a day of its own, so that none stands in another's way. */
const beginOn = (daysBefore: number): Promise<string> =>
  begin(api.url, { dryRun: true, recordDate: addDays(RECORD_DATE, -daysBefore), chunkSize: 10 });

describe('runsChanged', () => {
  it('sends every state of a run that another process works on, from the request to the end', async () => {
    await using watcher = new RunsWatcher(api.url);
    const runId = await beginOn(0);
    await watcher.hasStatus(runId, 'REQUESTED');
    await using worker = await startServiceProcess(database, 'worker');
    const end = await watcher.hasStatus(runId, 'COMPLETED');
    expect(end).toMatchObject({ progress: { percent: 100 }, recordDate: RECORD_DATE });
    expect(end.progress.done).toBeGreaterThan(0);
    const order = ['REQUESTED', 'PLANNED', 'RUNNING', 'COMPLETED'];
    const statuses = watcher.statuses(runId);
    expect(statuses).toEqual(order.filter((status) => statuses.includes(status))); // what came close together is one, and nothing comes twice
    expect(worker.child.exitCode).toBeNull();
  });

  it('begins with each run that has not ended, once, and says nothing of those that have', async () => {
    const ended = await beginOn(0);
    await cancelRun(api.url, ended);
    const active = [await beginOn(1), await beginOn(2), await beginOn(3)];
    await using watcher = new RunsWatcher(api.url);
    for (const runId of active) await watcher.hasStatus(runId, 'REQUESTED');
    const after = await beginOn(4);
    await watcher.hasStatus(after, 'REQUESTED'); // the log up to here has been looked at
    expect(watcher.seen.map(({ id }) => id)).toEqual([...active.toSorted(), after]);
    expect(watcher.statuses(ended)).toEqual([]);
  });

  it('shows a run paused, resumed, told to cancel and cancelled', async () => {
    await using watcher = new RunsWatcher(api.url);
    const hold = await holdWorkers(database, 'READING');
    const runId = await beginOn(0);
    const worker = await startServiceProcess(database, 'worker');
    await hold.keeps(2);
    await worker[Symbol.asyncDispose](); // its run has begun, and nobody works on it
    await hold.release();
    await watcher.hasStatus(runId, 'RUNNING');
    await pauseRun(api.url, runId, 'a look at the model');
    await watcher.hasStatus(runId, 'PAUSED');
    await resumeRun(api.url, runId);
    await until(() => Promise.resolve(watcher.statuses(runId).at(-1) === 'RUNNING'));
    await cancelRun(api.url, runId);
    await watcher.has(runId, ({ status, cancelRequestedAt }) => status === 'RUNNING' && cancelRequestedAt !== null);
    await using heir = await startServiceProcess(database, 'worker');
    await watcher.hasStatus(runId, 'CANCELLED');
    expect(watcher.statuses(runId).slice(-5)).toEqual(['RUNNING', 'PAUSED', 'RUNNING', 'RUNNING', 'CANCELLED']);
    expect(heir.child.exitCode).toBeNull();
  });

  it('misses neither a run whose request commits late nor one that ended meanwhile', async () => {
    await using watcher = new RunsWatcher(api.url);
    const before = await beginOn(0);
    await watcher.hasStatus(before, 'REQUESTED');
    const slow = await slowRequest(api.core.deps, { recordDate: addDays(RECORD_DATE, -9), dryRun: true });
    const meanwhile = await beginOn(2);
    await cancelRun(api.url, meanwhile);
    slow.commit();
    const late = await slow.runId;
    await watcher.hasStatus(late, 'REQUESTED');
    await watcher.hasStatus(meanwhile, 'CANCELLED');
    expect(watcher.statuses(late)).toEqual(['REQUESTED']);
  });

  it('goes on without notifications, and after its connections to the database have broken', async () => {
    await using service = await startTestService(database, { role: 'api' });
    await using watcher = new RunsWatcher(service.url);
    const first = await beginOn(0);
    await watcher.hasStatus(first, 'REQUESTED');
    await service.core.wakeUps.close();
    const second = await beginOn(1);
    await watcher.hasStatus(second, 'REQUESTED');
    await database.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name in ('ibsafe-batch core', 'ibsafe-batch views')`,
    );
    const third = await beginAgain(2);
    await watcher.hasStatus(third, 'REQUESTED');
    expect(watcher.statuses(first)).toEqual(['REQUESTED']);
  });

  it('is followed once for all who listen, and no longer when the last of them has left', async () => {
    const { wakeUps } = api.core;
    const before = wakeUps.followers;
    const watchers = Array.from({ length: 5 }, () => new RunsWatcher(api.url));
    const runId = await beginOn(0);
    for (const watcher of watchers) await watcher.hasStatus(runId, 'REQUESTED');
    expect(wakeUps.followers).toBe(before + 1);
    const [last, ...others] = watchers;
    for (const watcher of others) await watcher[Symbol.asyncDispose]();
    await cancelRun(api.url, runId);
    await last?.hasStatus(runId, 'CANCELLED');
    expect(wakeUps.followers).toBe(before + 1);
    await last?.[Symbol.asyncDispose]();
    await until(() => Promise.resolve(wakeUps.followers === before));
    await using again = new RunsWatcher(api.url);
    const next = await beginOn(1);
    await again.hasStatus(next, 'REQUESTED');
  });

  it('comes over Server-Sent Events as well', async () => {
    const client = createClient({ url: `${api.url}/graphql/stream`, retryAttempts: 0 });
    const runId = await beginOn(0);
    const values = client.iterate<{ runsChanged: object }>({ query: 'subscription { runsChanged { id status schedule { name } } }' });
    expect((await values.next()).value?.data).toEqual({ runsChanged: { id: runId, status: 'REQUESTED', schedule: null } });
    await cancelRun(api.url, runId);
    expect((await values.next()).value?.data).toMatchObject({ runsChanged: { id: runId, status: expect.stringMatching(ENDED.join('|')) } });
    client.dispose();
  });
});

/** Like `beginOn`, by a service that has just lost its connections. */
async function beginAgain(daysBefore: number): Promise<string> {
  await using other = await startTestService(database, { role: 'api' });
  return await begin(other.url, { dryRun: true, recordDate: addDays(RECORD_DATE, -daysBefore) });
}
