import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { begin, type SeenProgress } from '../support/batch-client.js';
import { cancelRun } from '../support/control-client.js';
import { subscribe } from '../support/graphql-client.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { RunsWatcher } from '../support/runs-watcher.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { acknowledged, rawSocket, subscribe as send } from './http-sockets.js';

/** Connections that one caller's statements may have. */
const SHARE = 4;
/** The statement of the one follower of runs, which belongs to no caller. */
const FEED = 1;
/** Connections of the process for what belongs to no caller: the lag, the heartbeat, the questions of readiness. */
const OWN = 4;

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

/** Connections in use, once whoever wants one has had the time to ask for it. */
async function inUse(pool: TestService['core']['pool']): Promise<{ used: number; waiting: number }> {
  for (let look = 0; look < 100; look += 1) {
    await database.rows('select 1');
    await turn();
  }
  return { used: pool.totalCount - pool.idleCount, waiting: pool.waitingCount };
}

describe('what subscriptions ask of the database to find their events', () => {
  it.each([
    [
      'the events of a run, which they read from the log',
      'batch.event',
      (id: string) => `subscription { runEvents(runId: "${id}", withOutcomes: true) { type } }`,
    ],
    ['their run', 'batch.run_view', (id: string) => `subscription { batchProgress(runId: "${id}") { percent } }`],
  ])('takes no more connections than one caller’s share, and the service stays ready: %s', async (_what, table, query) => {
    const runId = await begin(api.url, { dryRun: true });
    const hold = await holdTable(database, `${table} in access exclusive mode`);
    const socket = await rawSocket(api);
    await acknowledged(socket);
    for (let id = 0; id < 50; id += 1) send(socket, `${id}`, query(runId));
    await lockWaiters(database.pool, SHARE, 'relation');
    const { used, waiting } = await inUse(api.core.pool);
    expect(used).toBeLessThanOrEqual(SHARE + OWN);
    expect(waiting).toBe(0);
    expect(await (await fetch(`${api.url}/readyz`)).json()).toMatchObject({ checks: { database: { ok: true } } });
    socket.terminate();
    await hold.release();
    await cancelRun(api.url, runId);
  });

  it('takes no more of the connections for views', async () => {
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const socket = await rawSocket(api);
    await acknowledged(socket);
    for (let id = 0; id < 50; id += 1) send(socket, `${id}`, 'subscription { runsChanged { id } }');
    await lockWaiters(database.pool, SHARE, 'relation');
    await inUse(api.core.pool);
    const views = `select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch views' and wait_event_type = 'Lock'`;
    const [found = 0] = await database.column<number>(views);
    socket.terminate();
    await hold.release();
    expect(found).toBeGreaterThanOrEqual(SHARE);
    expect(found).toBeLessThanOrEqual(SHARE + FEED);
  });

  it('goes on for those who joined when the first who listened has gone: runs that change', async () => {
    const first = new RunsWatcher(api.url);
    const one = await begin(api.url, { dryRun: true });
    await first.hasStatus(one, 'REQUESTED');
    await using second = new RunsWatcher(api.url);
    await second.hasStatus(one, 'REQUESTED');
    await first[Symbol.asyncDispose]();
    await cancelRun(api.url, one);
    await second.hasStatus(one, 'CANCELLED');
  });

  it('goes on for those who joined when the first who listened has gone: a run’s progress', async () => {
    const runId = await begin(api.url, { dryRun: true });
    const progress = (): AsyncIterableIterator<{ batchProgress: SeenProgress }> =>
      subscribe(api.url, 'subscription ($runId: UUID!) { batchProgress(runId: $runId) { status } }', { runId });
    const [first, second] = [progress(), progress()];
    for (const each of [first, second]) expect((await each.next()).value.batchProgress.status).toBe('REQUESTED');
    await first.return?.();
    await cancelRun(api.url, runId);
    expect((await second.next()).value.batchProgress.status).toBe('CANCELLED');
    await second.return?.();
  });
});
