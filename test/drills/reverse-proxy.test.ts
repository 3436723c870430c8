import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { findCaddy, startCaddy } from '../support/own-caddy.js';
import { findNginx, startNginx, type OwnProxy } from '../support/own-nginx.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const PROXIES = [
  { file: 'nginx.conf', found: findNginx(), start: startNginx, moved: 301, logged: / GET 502 / },
  { file: 'Caddyfile', found: findCaddy(), start: startCaddy, moved: 308, logged: /server running/ },
] as const;
const there = PROXIES.flatMap(({ found, ...proxy }) => ('program' in found ? [{ ...proxy, program: found.program }] : []));
for (const { file, found } of PROXIES)
  if ('missing' in found) console.warn(`skipped: the service behind ${file}, because ${found.missing}`);

const textOf = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return text;
};

const RUN = 'mutation { runBatch { ... on RunBatchAccepted { run { id } } } }';
const PROGRESS = 'subscription ($runId: UUID!) { batchProgress(runId: $runId) { status } }';

describe.each(there)('the service behind deploy/proxy/$file', ({ start, program, moved, logged }) => {
  const resources = new Resources();
  let service: TestService;
  let proxy: OwnProxy;
  let runId = '';
  let authorization = '';
  beforeAll(async () => {
    // Nobody works: what is subscribed to stands still, and a stream stays open for as long as it is read.
    service = resources.use(await startTestService(resources.use(await createPatients(10)), { role: 'api', environment: SIGNED_CALLERS }));
    authorization = `Bearer ${await tokenOf('kim', 'operator')}`;
    proxy = resources.use(await start(program, service.url));
    const { data } = await askWith<{ runBatch: { run: { id: string } } }>(service, {
      token: authorization.slice('Bearer '.length),
      query: RUN,
    });
    runId = data?.runBatch.run.id ?? '';
  });
  afterAll(() => resources.end());

  const call = (path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const sent = secureRequest(new URL(proxy.url), { path, method, headers, ca: proxy.ca, agent: false }, resolve);
      sent.once('error', reject);
      sent.end(body);
    });
  const json = (): { 'content-type': string; authorization: string } => ({ 'content-type': 'application/json', authorization });

  const from = async (origin: string): Promise<number | undefined> => {
    const answer = await call('/graphql', {
      method: 'POST',
      headers: { ...json(), origin },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    answer.resume();
    return answer.statusCode;
  };

  it('answers over TLS as the service does, and leads there from without', async () => {
    const answer = await call('/graphql', {
      method: 'POST',
      headers: json(),
      body: JSON.stringify({ query: '{ run(id: "' + runId + '") { status } }' }),
    });
    expect([answer.statusCode, JSON.parse(await textOf(answer))]).toEqual([200, { data: { run: { status: 'REQUESTED' } } }]);
    expect(answer.headers['strict-transport-security']).toContain('max-age');
    const plain = await new Promise<IncomingMessage>((resolve, reject) =>
      request(`${proxy.plainUrl}/console/`, resolve).once('error', reject).end(),
    );
    plain.resume();
    expect([plain.statusCode, plain.headers.location]).toEqual([moved, expect.stringMatching(/^https:\/\/localhost\/console\/$/)]);
  });

  it('lets a page of its own origin through, as a browser behind the proxy sends it, and none of another', async () => {
    expect([await from(proxy.url), await from('https://elsewhere.example')]).toEqual([200, 403]);
  });

  it('carries a subscription over wss', async () => {
    const { ca } = proxy;
    class Trusting extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { ca });
      }
    }
    const client = createClient({
      url: `${proxy.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Trusting,
      retryAttempts: 0,
      connectionParams: { authorization },
    });
    const events = client.iterate<{ batchProgress: { status: string } }>({ query: PROGRESS, variables: { runId } });
    expect((await events.next()).value).toMatchObject({ data: { batchProgress: { status: 'REQUESTED' } } });
    await events.return?.();
    await client.dispose();
  });

  it('passes on the first event of a stream while the stream is open', async () => {
    const headers = { ...json(), accept: 'text/event-stream' };
    const stream = await call('/graphql/stream', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: PROGRESS, variables: { runId } }),
    });
    let seen = '';
    let ended = false;
    stream.once('end', () => (ended = true));
    for await (const part of stream.setEncoding('utf8')) {
      seen += String(part);
      if (seen.includes('REQUESTED')) break;
    }
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect([seen.includes('"status":"REQUESTED"'), ended]).toEqual([true, false]);
  });

  it('shows figures to nobody, however the path is written, and what asks for readiness everything', async () => {
    const direct = await fetch(`${service.url}/metrics`);
    expect([direct.status, await direct.text()]).toEqual([200, expect.stringContaining('# TYPE')]);
    for (const path of [
      '/metrics',
      '/metrics?x=1',
      '/metrics/',
      '//metrics',
      '/./metrics',
      '/x/../metrics',
      '/%6Detrics',
      '/metrics%2F',
      '/metrics;x',
      '/metrics#x',
    ]) {
      const answer = await call(path);
      expect([path, answer.statusCode, (await textOf(answer)).includes('# TYPE')]).toEqual([path, 404, false]);
    }
    const alive = await call('/healthz');
    alive.resume();
    expect(alive.statusCode).toBe(200);
  });

  const post = async (bytes: number): Promise<[number | undefined, boolean]> => {
    const body = JSON.stringify({ query: `{ run(id: "${runId}") { status } } #`.padEnd(bytes, '.') });
    const answer = await call('/graphql', { method: 'POST', headers: { ...json(), 'content-length': String(body.length) }, body });
    return [answer.statusCode, (await textOf(answer)).startsWith('{')];
  };

  it('passes on a body up to what the service takes, and the service refuses a larger one itself', async () => {
    expect(await post(1_500_000)).toEqual([413, true]);
    expect((await post(15_000))[1]).toBe(true);
  });

  it('keeps a subscription that is quiet: the signs of life of the service come through', async () => {
    const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { ca: proxy.ca });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    await once(socket, 'message');
    await once(socket, 'ping');
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    await once(socket, 'close');
  });

  const named = async (): Promise<number | undefined> =>
    (await call('/api/batch/run/?user_id=4711', { headers: json() })).resume().statusCode;

  it('keeps no path and no argument in its log, and none of the service while that is away', async () => {
    expect(await named()).toBe(405);
    await service[Symbol.asyncDispose]();
    expect(await named()).toBe(502);
    // A line is written behind its answer.
    await until(() => Promise.resolve(logged.test(proxy.log())));
    expect(proxy.log()).toMatch(logged);
    expect(proxy.log()).not.toMatch(/4711|graphql|api\/batch/);
  });
});
