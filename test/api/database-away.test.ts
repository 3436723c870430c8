import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { endedByDatabase } from '../../src/server/operations/database-limits.js';
import { codedError } from '../support/coded-error.js';
import { createDocumentedRole, type DocumentedRole } from '../support/documented-role.js';
import { ask } from '../support/graphql-client.js';
import { openPostgresProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: DocumentedRole;
let proxy: PostgresProxy;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createDocumentedRole());
  proxy = resources.use(await openPostgresProxy(database.url));
  service = resources.use(await startTestService({ url: proxy.url }, { role: 'api' }));
});
afterAll(() => resources.end());

const AWAY = {
  message: expect.stringMatching(/^The database does not answer.* doctor" says what is wrong\. An order may have been carried out/),
  extensions: { code: 'DATABASE_UNAVAILABLE' },
};
const QUERY = '{ runs { nodes { id } } }';
const ORDER = 'mutation { createSchedule(input: { name: "밤", frequency: DAILY, hour: 3, minute: 30 }) { __typename } }';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Ends all connections of the service, which its role must do without from now on. */
const ended = async (sql: string): Promise<void> => {
  await database.asOwner(sql);
  await database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'`);
};

async function overSocket(query: string): Promise<unknown> {
  const client = createClient({ url: `${service.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  try {
    return (await client.iterate({ query }).next()).value;
  } catch (error) {
    return error;
  } finally {
    await client.dispose();
  }
}

describe('An operation whose database', () => {
  it.each<[what: string, away: () => Promise<void>, back: () => Promise<void>]>([
    [
      'takes no connections, and broke those that were open',
      async () => {
        proxy.refuse(() => true);
        await Promise.resolve(proxy.reset(() => true));
      },
      () => Promise.resolve(proxy.refuse()),
    ],
    ['lets its role log in no more', () => ended('alter role {role} nologin'), () => database.asOwner('alter role {role} login')],
    [
      'takes its password for too old',
      () => ended(`alter role {role} valid until '2020-01-01'`),
      () => database.asOwner(`alter role {role} valid until 'infinity'`),
    ],
    [
      'has no connections left for its role',
      () => ended('alter role {role} connection limit 0'),
      () => database.asOwner('alter role {role} connection limit -1'),
    ],
  ])('%s is told so on every transport, by no bug of ours, and is answered when it is back', async (_what, away, back) => {
    await until(async () => (await ask(service.url, QUERY)).errors === undefined);
    await away();
    // The first may meet a connection that does not know yet that it is broken.
    await until(async () => (await ask(service.url, QUERY)).errors !== undefined);
    const lines = service.logged.length;
    const told = async (query: string, path = '/graphql', accept = 'application/json'): Promise<[number, string]> => {
      const headers = { ...JSON_TYPE, accept };
      const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return [response.status, await response.text()];
    };
    const [[queryStatus, query], [orderStatus, order]] = [await told(QUERY), await told(ORDER)];
    expect([queryStatus, orderStatus]).toEqual([503, 503]);
    for (const text of [query, order]) expect(JSON.parse(text)).toMatchObject({ errors: [AWAY] });
    expect(await told(QUERY, '/graphql/stream', 'text/event-stream')).toEqual([
      200,
      expect.stringContaining('"code":"DATABASE_UNAVAILABLE"'),
    ]);
    expect(await overSocket(QUERY)).toMatchObject({ errors: [AWAY] });
    const rest = await fetch(`${service.url}/api/batch/schedule/`);
    expect([rest.status, await rest.json()]).toEqual([503, { error: expect.stringMatching(/^데이터베이스가 응답하지 않습니다/) }]);
    const since = service.logged.slice(lines);
    expect(since.filter((line) => line.startsWith('warn the database was not there for an operation')).length).toBeGreaterThanOrEqual(4);
    expect(since.filter((line) => line.includes('unexpected error'))).toEqual([]);
    await back();
    await until(async () => (await ask(service.url, QUERY)).errors === undefined);
  });
});

describe('An error', () => {
  const refused = codedError('ECONNREFUSED');
  it.each<[what: string, error: Error, end: string | undefined]>([
    ['of the network, where the database is', refused, 'DATABASE_UNAVAILABLE'],
    ['of a server that starts', codedError('57P03'), 'DATABASE_UNAVAILABLE'],
    ['of a server that stops', codedError('57P01'), 'DATABASE_UNAVAILABLE'],
    ['of a full disk', codedError('53100'), 'DATABASE_UNAVAILABLE'],
    ['of a standby', codedError('25006'), 'DATABASE_UNAVAILABLE'],
    ['of a connection that pg gave up', new Error('Connection terminated unexpectedly'), 'DATABASE_UNAVAILABLE'],
    ['of a role without a login, whatever language it is told in', codedError('28000'), 'DATABASE_UNAVAILABLE'],
    ['of the server within a library’s', new Error('wrapped', { cause: codedError('28P01') }), 'DATABASE_UNAVAILABLE'],
    [
      'of the network within another’s: of the server of a provider or a model',
      new TypeError('fetch failed', { cause: refused }),
      undefined,
    ],
    ['of a statement of ours', codedError('42601'), undefined],
    ['of a rule that a row breaks', codedError('23505'), undefined],
    ['of ours', new Error('no such thing'), undefined],
  ])('%s', (_what, error, end) => {
    expect(endedByDatabase(error)).toBe(end);
  });
});
