import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf, type Told } from '../support/signed-callers.js';
import { holdTable, type TableHold } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const WAITING = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch views' and wait_event_type = 'Lock'`;
const RUNS = '{ runs { nodes { id } } }';
const LOCKED = {
  message: expect.stringMatching(/^The database is locked: another session .* doctor" names the session\./),
  extensions: { code: 'DATABASE_LOCKED' },
};
/** Of an operation that is soon over, and of one that PostgreSQL ends first. */
const [SOON, BY_POSTGRES] = [{ BATCH_OPERATION_MS: '100' }, { BATCH_OPERATION_MS: '3600000', BATCH_STATEMENT_MS: '2000' }];

const resources = new Resources();
let database: PatientsDatabase;
let kim: string;

beforeAll(async () => {
  database = resources.use(await createPatients(2));
  kim = await tokenOf('kim');
});
afterAll(() => resources.end());

function startApi(environment: Readonly<Record<string, string>>): Promise<TestService> {
  return startTestService(database, { role: 'api', environment: { ...SIGNED_CALLERS, ...environment } });
}

function holdRuns(): Promise<TableHold> {
  return holdTable(database, 'batch.run_view in access exclusive mode');
}

/** How many runs were ordered for this reason. */
function ordered(reason: string): Promise<number[]> {
  return database.column<number>('select count(*)::int from batch.run_view where reason = $1', [reason]);
}

/** Asks until it is told so: on a busy machine an operation's time may be over before its statement has come to the lock. */
async function toldLocked<T extends { readonly errors?: Told<unknown>['errors'] }>(
  ask: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  let told: readonly T[] = [];
  await until(async () => {
    told = await ask();
    return told.every(({ errors }) => errors?.[0]?.extensions?.['code'] === 'DATABASE_LOCKED');
  });
  return told;
}

describe('An operation whose time is over while it waits for a lock of another session', () => {
  it('is told so, and what names the session; its statement is cancelled, and the next is answered once the lock is gone', async () => {
    await using api = await startApi(SOON);
    const hold = await holdRuns();
    const [told] = await toldLocked(async () => [await askWith(api, { token: kim, query: RUNS })]);
    expect(told).toEqual({ status: 503, errors: [LOCKED] });
    await until(async () => (await database.column(WAITING)).length === 0); // though the lock is still there
    await hold.release();
    await until(async () => (await askWith(api, { token: kim, query: RUNS })).errors === undefined);
  });

  it('is told so where it was in line behind others of its caller, who have all connections that one caller may have', async () => {
    await using api = await startApi(SOON);
    const hold = await holdRuns();
    const each = Array.from({ length: 9 }, (_, at) => `{ runs(first: ${at + 1}) { nodes { id } } }`);
    const told = await toldLocked(() => Promise.all(each.map((query) => askWith(api, { token: kim, query }))));
    await hold.release();
    expect(told.map(({ status }) => status)).toEqual(each.map(() => 503));
  });

  it('is told so where another caller asked the same before, and the answer is one for both', async () => {
    await using api = await startApi({ BATCH_OPERATION_MS: '1000' });
    const hold = await holdRuns();
    const park = await tokenOf('park');
    const told = await toldLocked(() => Promise.all([kim, park].map((token) => askWith(api, { token, query: RUNS }))));
    await hold.release();
    expect(told.map(({ status }) => status)).toEqual([503, 503]);
  });

  it('is told so over a WebSocket', async () => {
    await using api = await startApi(SOON);
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${kim}` },
    });
    const hold = await holdRuns();
    const [told] = await toldLocked(async () => {
      for await (const result of client.iterate({ query: RUNS })) return [{ errors: result.errors }];
      return [];
    });
    await hold.release();
    expect(told).toEqual({ errors: [LOCKED] });
    await client.dispose();
  });
});

describe('A statement that PostgreSQL lets wait for a lock no longer', () => {
  it('of a question ends it with the same refusal, not as a fault of the service', async () => {
    await using api = await startApi(BY_POSTGRES);
    const hold = await holdRuns();
    const told = await askWith(api, { token: kim, query: RUNS });
    await hold.release();
    expect(told).toMatchObject({ status: 503, errors: [LOCKED] });
  });

  it('of an order ends it with the same refusal, and nothing of it is done', async () => {
    await using api = await startApi(BY_POSTGRES);
    const query = 'mutation { runBatch(input: { recordDate: "2026-02-20", dryRun: true, reason: "kept" }) { __typename } }';
    const operator = await tokenOf('lee', 'operator');
    const hold = await holdRuns();
    const told = await askWith(api, { token: operator, query });
    await hold.release();
    expect(told).toMatchObject({ status: 503, errors: [LOCKED] });
    expect(await ordered('kept')).toEqual([0]);
    await until(async () => (await askWith(api, { token: operator, query })).errors === undefined); // on a busy machine its statements may take too long
    expect(await ordered('kept')).toEqual([1]);
  });

  it('of an export ends it with the same refusal', async () => {
    await using api = await startApi(BY_POSTGRES);
    const hold = await holdRuns();
    const headers = { authorization: `Bearer ${kim}` };
    const told = await fetch(`${api.url}/export/outcomes.csv?run=018f0000-0000-7000-8000-000000000001`, { headers });
    await hold.release();
    expect(told.status).toBe(503);
    expect(await told.json()).toEqual({ error: { code: 'DATABASE_LOCKED', message: LOCKED.message } });
    expect(api.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('with which a caller is identified ends the request with the same refusal', async () => {
    await using api = await startApi(BY_POSTGRES);
    const query = 'mutation { createApiKey(name: "nightly", role: VIEWER) { ... on ApiKeyCreated { key } } }';
    let made: Told<{ createApiKey: { key: string } }> | undefined;
    await until(async () => (made = await askWith(api, { token: await tokenOf('root', 'admin'), query })).errors === undefined);
    const hold = await holdTable(database, 'batch.api_key in access exclusive mode');
    const told = await askWith(api, { token: made?.data?.createApiKey.key ?? '', query: RUNS });
    await hold.release();
    expect(told).toMatchObject({ status: 503, errors: [LOCKED] });
  });
});
