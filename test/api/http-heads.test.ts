import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REST_RESOURCES } from '../../src/rest/rest-resources.js';
import { OUTCOMES_CSV_PATH } from '../../src/server/export/outcomes-csv.js';
import { CONSOLE_PATH, DASHBOARD_PATH, GRAPHQL_PATH, PLAYGROUND_PATH, SESSION_PATH, STREAM_PATH } from '../../src/server/http/paths.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { ask, type RawAnswer } from './raw-http.js';

const resources = new Resources();
let service: TestService;
let runId: string;

beforeAll(async () => {
  const database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(service.url, {}));
});
afterAll(() => resources.end());

const get = (path: string, method = 'GET'): Promise<RawAnswer> => {
  const { hostname, port } = new URL(service.url);
  return ask({ address: { host: hostname, port: Number(port) } }, path, { method });
};
const QUERY = `query=${encodeURIComponent('{ __typename }')}`;

/** Everything that answers a GET, with what it wants to be asked. */
const GOT: readonly string[] = [
  '/',
  CONSOLE_PATH,
  PLAYGROUND_PATH,
  '/healthz',
  '/readyz',
  '/metrics',
  SESSION_PATH,
  `${GRAPHQL_PATH}?${QUERY}`,
  `${GRAPHQL_PATH}?query=mutation`,
  `${STREAM_PATH}?${QUERY}`,
  `${DASHBOARD_PATH}/`,
  `${OUTCOMES_CSV_PATH}?run=RUN`,
  `${OUTCOMES_CSV_PATH}?run=x`,
  '/nowhere',
  ...[...REST_RESOURCES].filter(([, { calls }]) => calls.GET !== undefined).map(([path]) => path),
  ...[...REST_RESOURCES.keys()].map((path) => path.slice(0, -1)),
];
/** What is another one at each request. */
const OF_ITS_OWN = new Set(['date', 'x-request-id', 'transfer-encoding', 'content-length']);

const kept = ({ headers }: RawAnswer): object => Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_ITS_OWN.has(name)));

describe('HEAD', () => {
  it.each(GOT)('is answered as GET, without the body: %s', async (path) => {
    const [head, got] = [await get(path.replace('RUN', runId), 'HEAD'), await get(path.replace('RUN', runId))];
    expect({ status: head.status, body: head.body, headers: kept(head) }).toEqual({ status: got.status, body: '', headers: kept(got) });
    expect([200, 301, 303, 400, 404]).toContain(got.status);
  });

  it('gives out no line of an export, and counts as no read of its persons', async () => {
    const [head, got] = [await get(`${OUTCOMES_CSV_PATH}?run=${runId}`, 'HEAD'), await get(`${OUTCOMES_CSV_PATH}?run=${runId}`)];
    expect([head.status, head.headers['content-type'], head.body]).toEqual([200, got.headers['content-type'], '']);
    expect(got.body.split('\r\n').length).toBeGreaterThan(10);
    expect((await get(OUTCOMES_CSV_PATH, 'DELETE')).headers.allow).toBe('GET, HEAD');
  });

  it('carries out no operation that a GET does not', async () => {
    const mutation = `query=${encodeURIComponent('mutation { syncSchedules { __typename } }')}`;
    for (const path of [GRAPHQL_PATH, STREAM_PATH]) expect((await get(`${path}?${mutation}`, 'HEAD')).status).toBe(405);
  });
});
