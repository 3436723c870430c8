import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { addDays } from '../../src/domain/local-date.js';
import { begin } from '../support/batch-client.js';
import { cancelRun, pauseRun } from '../support/control-client.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { RunsWatcher } from '../support/runs-watcher.js';
import { startServiceProcess } from '../support/service-process.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: PatientsDatabase;
/** Answers and works on nothing: another process does. */
let api: TestService;
/** Transactions that hide what is new in the log. */
const hiding = new Set<PoolClient>();

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterEach(async () => {
  for (const hidden of hiding) await show(hidden); // a test that failed has left its own
  for (const id of await database.column<string>('select run_id from batch.run_view where ended_at is null')) await cancelRun(api.url, id);
});

afterAll(async () => {
  await resources.end();
});

/** A dry run of a day of its own, so that none stands in another's way. */
const beginOn = (daysBefore: number): Promise<string> =>
  begin(api.url, { dryRun: true, recordDate: addDays(RECORD_DATE, -daysBefore), chunkSize: 10 });

describe('runsChanged while an older transaction hides what is new in the log', () => {
  it('says nothing to the first who listens of a run that had ended, and shows the others as they are', async () => {
    const [ended, active] = [await beginOn(0), await beginOn(1)];
    const hidden = await hideLog();
    await cancelRun(api.url, ended);
    await using watcher = new RunsWatcher(api.url);
    await watcher.hasStatus(active, 'REQUESTED');
    await showLog(hidden, watcher);
    expect(watcher.statuses(ended)).toEqual([]);
    expect(watcher.statuses(active)).toEqual(['REQUESTED']);
  });

  it('says nothing to a new listener of a run that had ended, and tells it to those who listened before', async () => {
    const ended = await beginOn(0);
    await using early = new RunsWatcher(api.url);
    await early.hasStatus(ended, 'REQUESTED');
    const hidden = await hideLog();
    await cancelRun(api.url, ended);
    const active = await beginOn(1);
    await using late = new RunsWatcher(api.url);
    await late.hasStatus(active, 'REQUESTED');
    await showLog(hidden, late);
    expect(late.statuses(ended)).toEqual([]);
    await early.hasStatus(ended, 'CANCELLED');
  });

  it('tells the end of a run that ended after it had been shown', async () => {
    const ended = await beginOn(0);
    const hidden = await hideLog();
    await pauseRun(api.url, ended, 'a look at the model');
    await using watcher = new RunsWatcher(api.url);
    await watcher.hasStatus(ended, 'PAUSED');
    await cancelRun(api.url, ended);
    await showLog(hidden, watcher);
    await watcher.hasStatus(ended, 'CANCELLED');
    expect(watcher.statuses(ended)).toEqual(['PAUSED', 'CANCELLED']);
  });

  it('says nothing of a run that a worker had finished', async () => {
    const hidden = await hideLog();
    const ended = await beginOn(0);
    const worker = await startServiceProcess(database, 'worker');
    await until(async () => (await database.column('select 1 from batch.run_view where ended_at is null')).length === 0);
    await worker[Symbol.asyncDispose]();
    const active = await beginOn(1); // before anybody listens: what is requested later is in the log alone, and hidden there
    await using watcher = new RunsWatcher(api.url);
    await watcher.hasStatus(active, 'REQUESTED');
    await showLog(hidden, watcher);
    expect(watcher.statuses(ended)).toEqual([]);
    expect(watcher.statuses(active)).toEqual(['REQUESTED']);
  });

  it('tells those who listen of a run that is requested meanwhile, once, as soon as the log shows it', async () => {
    const before = await beginOn(0);
    const hidden = await hideLog();
    await using watcher = new RunsWatcher(api.url);
    await watcher.hasStatus(before, 'REQUESTED');
    const requested = await beginOn(1);
    await showLog(hidden, watcher);
    expect(watcher.statuses(requested)).toEqual(['REQUESTED']);
    expect(watcher.seen.map(({ id }) => id).slice(0, 2)).toEqual([before, requested]);
  });
});

/** Opens a transaction that writes: what commits after it cannot be read from the log before it ends. */
async function hideLog(): Promise<PoolClient> {
  const client = await database.pool.connect();
  await client.query(BEGIN_HELD);
  await client.query('select pg_current_xact_id()');
  hiding.add(client);
  return client;
}

async function show(hidden: PoolClient): Promise<void> {
  hiding.delete(hidden);
  await hidden.query('commit');
  hidden.release();
}

/** Ends what `hideLog` began, and waits until a watcher was given what had been hidden. */
async function showLog(hidden: PoolClient, watcher: RunsWatcher): Promise<void> {
  await show(hidden);
  await watcher.hasStatus(await beginOn(5), 'REQUESTED');
}
