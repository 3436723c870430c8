import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { slowView } from '../support/slow-view.js';
import { statementsOf } from '../support/sent-statements.js';
import { askWith, SIGNED_CALLERS, tokenOf, type Told } from '../support/signed-callers.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { nextMessage } from './http-sockets.js';

const RUNS = '{ runs { nodes { id } } }';
const DEEPER = '{ runs { nodes { id outcomes { nodes { userId } } } } }';
const ADVICE = '{ interventions { nodes { id } } }';
/** Longer than any test waits for. */
const PATIENT = { BATCH_OPERATION_MS: '3600000' };

const resources = new Resources();
let database: PatientsDatabase;
let kim: string;
let park: string;

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  await using all = await startTestService(database);
  await runToEnd(all.url);
  [kim, park] = await Promise.all([tokenOf('kim'), tokenOf('park')]);
});

afterAll(async () => {
  await resources.end();
});

/** A service that only answers, so that what waits in the database waits for a caller. */
function startApi(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  return startTestService(database, { role: 'api', environment: { ...SIGNED_CALLERS, ...PATIENT, ...environment } });
}

/** Resolves once no caller's statement waits for a lock on this database any more. */
function nobodyWaits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch views' and wait_event_type = 'Lock'`;
  return until(async () => (await database.column(waiting)).length === 0);
}

function codeOf({ errors }: Told<unknown>): unknown {
  return errors?.[0]?.extensions?.['code'];
}

describe('an operation that takes longer than it may', () => {
  it('is answered with what to do about it, and its statement is cancelled', async () => {
    await using api = await startApi({ BATCH_OPERATION_MS: '100' });
    await using slow = await slowView(database, 'batch.outcome_view');
    const told = await askWith(api, { token: kim, query: DEEPER });
    expect(told).toEqual({
      status: 503,
      errors: [
        {
          message: expect.stringMatching(/^The operation took longer than 0\.1 s and was stopped\. Ask for fewer items/),
          extensions: { code: 'OPERATION_TIMEOUT' },
        },
      ],
    });
    await slow.isLeft(); // though it would take an hour
    await slow.mend();
    await until(async () => (await askWith(api, { token: kim, query: DEEPER })).errors === undefined);
  });

  it('is stopped over a WebSocket as well, and the next one on the same connection is answered', async () => {
    await using api = await startApi({ BATCH_OPERATION_MS: '100' });
    const client = connect(api, kim);
    await using slow = await slowView(database, 'batch.outcome_view');
    expect(await first(client, DEEPER)).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TIMEOUT' } }] });
    await slow.mend();
    expect(await first(client, '{ __typename }')).toEqual({ data: { __typename: 'Query' } }); // which no machine is too busy for
    await client.dispose();
  });

  it('by one statement, which the database ends before, is told the same', async () => {
    await using api = await startApi({ BATCH_STATEMENT_MS: '2000' });
    await using slow = await slowView(database, 'batch.outcome_view');
    const told = await askWith(api, { token: kim, query: DEEPER });
    await slow.mend();
    const message = expect.stringMatching(/^A statement of the operation took longer than the database gives it/);
    expect(told).toMatchObject({ status: 503, errors: [{ message, extensions: { code: 'OPERATION_TIMEOUT' } }] });
  });
});

describe('an operation whose client goes away', () => {
  it('sends no further statement, and the one that runs is cancelled', async () => {
    await using api = await startApi();
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const sent = await statementsOf(async () => {
      const gone = new AbortController();
      const asked = askWith(api, { token: kim, query: DEEPER, signal: gone.signal }).catch((error: Error) => error.name);
      await hold.reached(1);
      gone.abort();
      expect(await asked).toBe('AbortError');
      await nobodyWaits(); // though the lock is still there: it was cancelled
      await hold.release();
      expect((await askWith(api, { token: park, query: ADVICE })).errors).toBeUndefined();
    });
    expect(sent.filter((text) => text.includes('run_view'))).toHaveLength(1);
    expect(sent.filter((text) => text.includes('outcome_view'))).toEqual([]);
  });

  it('gives its place in the line back', async () => {
    await using api = await startApi({ BATCH_OPERATIONS_PER_CALLER: '1' });
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const running = askWith(api, { token: kim, query: RUNS });
    await hold.reached(1);
    const gone = new AbortController();
    const waiting = askWith(api, { token: kim, query: ADVICE, signal: gone.signal }).catch((error: Error) => error.name);
    gone.abort();
    expect(await waiting).toBe('AbortError');
    await hold.release();
    expect((await running).errors).toBeUndefined();
    expect((await askWith(api, { token: kim, query: ADVICE })).errors).toBeUndefined();
  });

  it('is carried out when it is an order', async () => {
    await using api = await startApi();
    const operator = await tokenOf('lee', 'operator');
    const hold = await holdTable(database, 'batch.run_view in access exclusive mode');
    const gone = new AbortController();
    const query = 'mutation { runBatch(input: { recordDate: "2026-02-20", dryRun: true, reason: "left" }) { __typename } }';
    const asked = askWith(api, { token: operator, query, signal: gone.signal }).catch((error: Error) => error.name);
    await hold.reached(1);
    gone.abort();
    expect(await asked).toBe('AbortError');
    await hold.release();
    await until(async () => (await database.column(`select 1 from batch.run_view where reason = 'left'`)).length === 1);
  });
});

describe('one caller who asks for much at once', () => {
  it('has a share of the connections to the database, and others theirs', async () => {
    await using api = await startApi();
    const hold = await holdTable(database, 'ibsafe_interventionrecord in access exclusive mode');
    const asked = Array.from({ length: 14 }, () => askWith(api, { token: kim, query: ADVICE }));
    await hold.keeps(4);
    for (let times = 0; times < 3; times += 1) expect((await askWith(api, { token: park, query: DEEPER })).errors).toBeUndefined();
    const waiting = await database.column<number>(
      `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'ibsafe-batch views' and datname = current_database()`,
    );
    expect(waiting).toEqual([4]);
    await hold.release();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array.from({ length: 14 }, () => 200));
  });

  it('waits in line for a place, and is refused when the line is long; others are not', async () => {
    await using api = await startApi({ BATCH_OPERATIONS_PER_CALLER: '2' });
    const hold = await holdTable(database, 'ibsafe_interventionrecord in access exclusive mode');
    const asked = Array.from({ length: 2 + 200 + 3 }, () => askWith(api, { token: kim, query: ADVICE }));
    const refused = await Promise.race(asked);
    expect([refused.status, codeOf(refused), refused.errors?.[0]?.message]).toEqual([
      429,
      'TOO_MANY_OPERATIONS',
      'Too many operations are open: a caller may have 2, all together 8. End one, or try again a little later.',
    ]);
    expect((await askWith(api, { token: park, query: RUNS })).errors).toBeUndefined();
    await hold.release();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(202);
  });

  it('may have so many subscriptions open, and one more when one has ended', async () => {
    await using api = await startApi({ BATCH_SUBSCRIPTIONS_PER_CALLER: '2' });
    const ordered = 'mutation { runBatch(input: { recordDate: "2026-02-19", dryRun: true }) { ... on RunBatchAccepted { run { id } } } }';
    const { data } = await askWith<{ runBatch: { run: { id: string } } }>(api, { token: await tokenOf('lee', 'operator'), query: ordered });
    const query = `subscription { runEvents(runId: "${data?.runBatch.run.id}") { type } }`; // nobody works on it, so it does not end
    const [client, other] = [connect(api, kim), connect(api, park)];
    const [one, two] = [client.iterate({ query }), client.iterate({ query })];
    for (const held of [one, two]) expect(await held.next()).toMatchObject({ value: { data: { runEvents: { type: 'RunRequested' } } } });
    expect(await first(client, query)).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }] });
    expect(await first(other, query)).toMatchObject({ data: { runEvents: { type: 'RunRequested' } } });
    await one.return?.();
    await until(async () => !JSON.stringify(await first(client, query)).includes('TOO_MANY_OPERATIONS')); // the client's word is on its way
    await two.return?.();
    for (const each of [client, other]) await each.dispose();
  });

  it('may have so many WebSockets open, and others theirs', async () => {
    await using api = await startApi({ BATCH_SUBSCRIPTIONS_PER_CALLER: '2' });
    const sockets = await Promise.all([kim, kim, park].map((token) => acknowledged(api, token)));
    const [code, reason] = await refusedSocket(api, kim);
    expect([code, reason]).toEqual([1013, 'Too many connections of this caller are open']);
    for (const socket of sockets) socket.terminate();
  });
});

function connect(api: TestService, token: string): Client {
  return createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

async function first(client: Client, query: string): Promise<unknown> {
  for await (const result of client.iterate({ query })) return result;
  return undefined;
}

function openSocket(api: TestService, token: string): WebSocket {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
  return socket;
}

async function acknowledged(api: TestService, token: string): Promise<WebSocket> {
  const socket = openSocket(api, token);
  await nextMessage(socket);
  return socket;
}

async function refusedSocket(api: TestService, token: string): Promise<[number, string]> {
  const [code, reason] = (await once(openSocket(api, token), 'close')) as [number, Buffer];
  return [code, reason.toString('utf8')];
}
