import { describe, expect, it } from '@jest/globals';
import { localIdentity } from '../../src/identity/local-identity.js';
import { startTestServer, type TestServer } from './http-fixture.js';
import { ask } from './raw-http.js';
import { rawSocket } from './http-sockets.js';

const QUERY = `?query=${encodeURIComponent('{ hello }')}`;
const JSON_TYPE = { 'content-type': 'application/json' };
const MOZILLA = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' };

/** The statuses of every way in, in this order: query by GET, by POST, stream by GET, by POST, WebSocket. */
async function doors(server: TestServer, headers: Record<string, string>): Promise<number[]> {
  const body = '{"query":"{ hello }"}';
  const stream = { accept: 'text/event-stream', ...headers };
  const answers = [
    await ask(server, `/graphql${QUERY}`, { headers }),
    await ask(server, '/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body }),
    await ask(server, `/graphql/stream${QUERY}`, { headers: stream }),
    await ask(server, '/graphql/stream', { method: 'POST', headers: { ...JSON_TYPE, ...stream }, body }),
  ];
  return [...answers.map(({ status }) => status), await socketStatus(server, headers)];
}

async function socketStatus(server: TestServer, headers: Record<string, string>): Promise<number> {
  try {
    (await rawSocket(server, headers)).terminate();
    return 101;
  } catch (error) {
    return Number(/Unexpected server response: (\d+)/.exec(String(error))?.[1]);
  }
}

const OPEN = [200, 200, 200, 200, 101];
const SHUT = [403, 403, 403, 403, 403];

describe('A page of another origin', () => {
  it.each<[string, (url: URL) => Record<string, string>]>([
    ['of another site', () => ({ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })],
    ['of another site, in a browser that says only the origin', () => ({ origin: 'https://elsewhere.example' })],
    ['by a no-cors GET, which has no origin', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['of another port of the same host, by a no-cors GET', () => ({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' })],
    ['of another port of the same host', ({ hostname, port }) => ({ origin: `http://${hostname}:${Number(port) + 1}` })],
    ['of the same port under another name of this machine', ({ port }) => ({ origin: `http://localhost:${port}` })],
    ['of a sandboxed frame or a file', () => ({ origin: 'null' })],
    ['of a sandboxed frame that says where it is', () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' })],
    ['with an origin that cannot be read', () => ({ origin: 'http://' })],
    ['by a link', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })],
    ['with a word for its place that browsers may learn', () => ({ 'sec-fetch-site': 'same-party' })],
  ])('starts no operation: %s', async (_what, headersFor) => {
    let asked = 0;
    await using server = await startTestServer({
      contextFor: ({ transport, requestId }) => Promise.resolve({ transport, requestId, copy: (asked += 1) }),
    });
    expect(await doors(server, headersFor(new URL(server.url)))).toEqual(SHUT);
    expect(asked).toBe(0);
  });

  it('starts none by a type that a browser sends without asking', async () => {
    await using server = await startTestServer();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain; application/json',
      '',
    ]) {
      const headers = type === '' ? {} : { 'content-type': type };
      const body = '{"query":"mutation { shout(text: \\"hey\\") }"}';
      expect([type, (await ask(server, '/graphql', { method: 'POST', headers, body })).status]).toEqual([type, 415]);
      const stream = { method: 'POST', headers: { accept: 'text/event-stream', ...headers }, body };
      expect([type, (await ask(server, '/graphql/stream', stream)).status]).toEqual([type, 415]);
    }
  });

  it('starts none from a browser that says nothing of the page behind a GET, unless it asked first', async () => {
    await using server = await startTestServer();
    expect((await doors(server, MOZILLA)).filter((_status, at) => at === 0 || at === 2)).toEqual([403, 403]);
    expect(await doors(server, { ...MOZILLA, 'apollo-require-preflight': '1' })).toEqual(OPEN);
  });

  it('finds no door by giving its own name this machine’s address, where everybody is the local admin', async () => {
    const identity = localIdentity();
    await using server = await startTestServer({
      async contextFor({ headers, transport, requestId }) {
        await identity.identify({ headers });
        return { requestId, transport, copy: 0 };
      },
    });
    const own = { 'sec-fetch-site': 'same-origin' };
    for (const host of [
      'evil.example',
      'evil.example:4000',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '192.168.0.10',
      '[2001:db8::1]',
    ]) {
      const refused = await doors(server, { ...own, host, origin: `http://${host}` });
      // A WebSocket is told who it may not be after `connection_init`.
      expect([host, ...refused]).toEqual([host, 403, 403, 403, 403, 101]);
    }
    for (const host of ['127.0.0.1:4000', 'localhost', 'LOCALHOST:4000', '[::1]:4000']) {
      expect([host, ...(await doors(server, { ...own, host }))]).toEqual([host, ...OPEN]);
    }
  });
});

describe('Pages of this server, and programs', () => {
  it.each<[string, (url: URL) => Record<string, string>]>([
    ['a page of this origin', ({ origin }) => ({ origin, 'sec-fetch-site': 'same-origin', ...MOZILLA })],
    ['a page of this origin in a browser that says only the origin', ({ origin }) => ({ origin, ...MOZILLA })],
    ['an address that somebody typed', () => ({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', ...MOZILLA })],
    ['a page behind a proxy that names itself', () => ({ origin: 'https://batch.example', 'sec-fetch-site': 'same-origin', ...MOZILLA })],
    ['the same, told by the proxy', () => ({ origin: 'https://batch.example', 'x-forwarded-host': 'batch.example' })],
    ['a program without any of it', () => ({})],
    ['a program with a name', () => ({ 'user-agent': 'curl/8.5.0', accept: '*/*' })],
  ])('come in: %s', async (_what, headersFor) => {
    await using server = await startTestServer();
    expect(await doors(server, headersFor(new URL(server.url)))).toEqual(OPEN);
  });
});
