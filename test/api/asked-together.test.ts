import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { RunQueries } from '../../src/projections/queries/run-queries.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { askWith, SIGNED_CALLERS, tokenOf, type Told } from '../support/signed-callers.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const RUNS = '{ runs(first: 100) { nodes { id status } } }';
const OUTCOMES = '{ runs { nodes { id outcomes { nodes { userId } } } } }';
const ORDER = 'mutation ($day: Date!) { runBatch(input: { recordDate: $day, dryRun: true }) { ... on RunBatchAccepted { run { id } } } }';
const CROWD = 50;

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;
let kim: string;
let park: string;
let lee: string;
beforeAll(async () => {
  database = resources.use(await createPatients(20));
  api = resources.use(await startTestService(database, { role: 'api', environment: { ...SIGNED_CALLERS, AUTH_API_KEYS: 'on' } }));
  [kim, park, lee] = await Promise.all([tokenOf('kim'), tokenOf('park'), tokenOf('lee', 'admin')]);
});
afterAll(() => resources.end());

const many = <T>(count: number, ask: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(n)));
const codeOf = ({ errors }: Told<unknown>): unknown => errors?.[0]?.extensions?.['code'];

function connect(token: string): Client {
  const url = `${api.url.replace('http', 'ws')}/graphql`;
  return createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${token}` } });
}

async function firstOf(client: Client, query: string): Promise<unknown> {
  for await (const result of client.iterate({ query })) return result;
  return undefined;
}

describe('callers of one role who ask the same at once', () => {
  it('are answered by two executions: that of the first, and the next', async () => {
    const executed = jest.spyOn(RunQueries.prototype, 'list');
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const clients = [connect(kim), connect(park)];
    const asked = many(CROWD, (n) => firstOf(clients[n % 2] as Client, RUNS));
    for (const client of clients) await firstOf(client, '{ __typename }'); // what came before on its socket has been taken
    await hold.keeps(1); // two callers have four connections each
    await hold.release();
    const answers = await asked;
    expect(new Set(answers.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"data":{"runs":{"nodes":[]}}}']));
    expect(executed).toHaveBeenCalledTimes(2);
    executed.mockRestore();
    for (const client of clients) await client.dispose();
  });

  it('do not share with those of another role, nor with those who ask for something else', async () => {
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const other = 'query ($first: Int!) { runs(first: $first) { nodes { id } } }';
    const asked = [
      ...[kim, lee].map((token) => askWith(api, { token, query: RUNS })),
      ...[2, 3].map((first) => askWith(api, { token: park, query: other, variables: { first } })),
    ];
    await hold.keeps(4);
    await hold.release();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('are each told of themselves, where the answer depends on who asks', async () => {
    const told = await many(CROWD, (n) =>
      askWith<{ me: object }>(api, { token: n % 2 === 0 ? kim : park, query: '{ me { actor role } }' }),
    );
    expect(told.map(({ data }) => data?.me)).toEqual(
      told.map((_, n) => ({ actor: n % 2 === 0 ? expect.stringContaining('kim') : expect.stringContaining('park'), role: 'VIEWER' })),
    );
  });

  it('are each refused for themselves: who is not known, who may not, and who asks for what is not there', async () => {
    const crowd = many(CROWD, () => askWith(api, { token: kim, query: RUNS }));
    const stranger = askWith(api, { token: 'no token', query: RUNS });
    const keys = many(3, (n) => askWith(api, { token: [kim, park, lee][n] ?? '', query: '{ apiKeys { prefix } }' }));
    const missing = many(3, () => askWith(api, { token: kim, query: '{ run(id: "00000000-0000-4000-8000-000000000000") { id } }' }));
    expect(await stranger).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await keys).map(codeOf)).toEqual(['FORBIDDEN', 'FORBIDDEN', undefined]);
    expect((await missing).map(codeOf)).toEqual(['RUN_NOT_FOUND', 'RUN_NOT_FOUND', 'RUN_NOT_FOUND']);
    expect(new Set((await crowd).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('are refused once their key is revoked, while others wait for the answer', async () => {
    const create = 'mutation { createApiKey(name: "a console", role: VIEWER) { ... on ApiKeyCreated { key apiKey { prefix } } } }';
    const { data } = await askWith<{ createApiKey: { key: string; apiKey: { prefix: string } } }>(api, { token: lee, query: create });
    const { key = '', apiKey } = data?.createApiKey ?? {};
    expect(await askWith(api, { token: key, query: RUNS })).toMatchObject({ status: 200 });
    const revoke = 'mutation ($prefix: String!) { revokeApiKey(prefix: $prefix) { __typename } }';
    await askWith(api, { token: lee, query: revoke, variables: { prefix: apiKey?.prefix } });
    await until(async () => (await askWith(api, { token: key, query: '{ __typename }' })).status === 401); // what is remembered of callers lasts five seconds
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const waits = askWith(api, { token: kim, query: RUNS });
    await hold.keeps(1);
    expect((await askWith(api, { token: key, query: RUNS })).status).toBe(401);
    await hold.release();
    expect((await waits).status).toBe(200);
  });

  it('see what was done before they asked, though others were asking all the time', async () => {
    const over = new AbortController();
    const crowd = many(4, async (n) => {
      while (!over.signal.aborted) await askWith(api, { token: n % 2 === 0 ? lee : kim, query: RUNS });
    });
    for (let day = 1; day <= 8; day += 1) {
      const { data } = await askWith<{ runBatch: { run: { id: string } } }>(api, {
        token: lee,
        query: ORDER,
        variables: { day: `2026-01-0${day}` },
      });
      const seen = await many(4, () => askWith<{ runs: { nodes: { id: string }[] } }>(api, { token: lee, query: RUNS }));
      for (const each of seen) expect(each.data?.runs.nodes.map(({ id }) => id)).toContain(data?.runBatch.run.id);
    }
    over.abort();
    await crowd;
  });

  it('are answered though the one who asked first has gone', async () => {
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const gone = new AbortController();
    const first = askWith(api, { token: kim, query: RUNS, signal: gone.signal }).catch((error: Error) => error.name);
    await hold.keeps(1);
    const others = many(3, () => askWith(api, { token: park, query: RUNS }));
    gone.abort();
    expect(await first).toBe('AbortError');
    await hold.keeps(1);
    await hold.release();
    expect((await others).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('each read persons for themselves: every reading is recorded', async () => {
    const answers = await many(6, (n) => askWith(api, { token: n % 2 === 0 ? kim : park, query: OUTCOMES }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const sent = await statementsOf(() => many(6, () => askWith(api, { token: kim, query: OUTCOMES })));
    expect(sent.filter((text) => text.includes('run_view')).length).toBeGreaterThanOrEqual(6);
  });
});
