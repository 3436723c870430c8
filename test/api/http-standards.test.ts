import { describe, expect, it } from '@jest/globals';
import { qualityOf, preferred, takesEncoding } from '../../src/server/http/accept.js';
import { startTestServer } from './http-fixture.js';
import { ask, tell } from './raw-http.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const HELLO = '{"query":"{ hello }"}';
const post = (headers: Record<string, string>, body: string | Buffer = HELLO) => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body,
});

describe('An upgrade header that is not a WebSocket’s', () => {
  const h2c = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA' };

  it.each([
    ['h2c, as curl --http2 offers it', h2c],
    ['TLS', { connection: 'upgrade', upgrade: 'TLS/1.0' }],
    ['several protocols at once', { connection: 'Upgrade', upgrade: 'h2c, IRC/6.9' }],
  ])('is ignored: %s', async (_what, headers) => {
    await using server = await startTestServer();
    expect(await ask(server, '/readyz', { headers })).toMatchObject({ status: 200, body: expect.stringContaining('"ready":true') });
    expect(await ask(server, '/graphql', post(headers))).toMatchObject({ status: 200, body: expect.stringContaining('hello world') });
    const long = JSON.stringify({ query: '{ hello }', padding: 'x'.repeat(500_000) });
    expect((await ask(server, '/graphql', post(headers, long))).status).toBe(200);
    expect((await ask(server, '/nothing', { headers })).status).toBe(404);
  });

  it('is ignored where a WebSocket cannot begin: in a POST, and in HTTP 1.0', async () => {
    await using server = await startTestServer();
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    expect((await ask(server, '/graphql', post(headers))).status).toBe(200);
    expect(await tell(server, 'GET /healthz HTTP/1.0\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')).toMatch(/^HTTP\/1\.1 200/);
  });
});

describe('A request body', () => {
  it.each([
    ['after a byte order mark', {}, Buffer.from(`\uFEFF${HELLO}`, 'utf8')],
    ['in the encoding "identity"', { 'content-encoding': 'identity' }, HELLO],
    ['in the encoding "Identity", twice', { 'content-encoding': 'Identity, identity' }, HELLO],
    ['with a further parameter of its type', { 'content-type': 'application/json; profile="a;b"; charset=UTF-8' }, HELLO],
    ['with a parameter of its type but no character set', { 'content-type': 'Application/JSON;odata=verbose' }, HELLO],
    ['with an empty parameter list', { 'content-type': 'application/json;' }, HELLO],
  ])('is read %s', async (_what, headers, body) => {
    await using server = await startTestServer();
    expect(await ask(server, '/graphql', post(headers, body))).toMatchObject({ status: 200, body: expect.stringContaining('hello world') });
    const stream = await ask(server, '/graphql/stream', post({ accept: 'text/event-stream', ...headers }, body));
    expect([stream.status, stream.body]).toEqual([200, expect.stringContaining('hello world')]);
  });

  it.each([
    ['in another encoding', { 'content-encoding': 'gzip' }, HELLO, 415],
    ['in an encoding behind identity', { 'content-encoding': 'identity, br' }, HELLO, 415],
    ['in another character set', { 'content-type': 'application/json; charset=latin1' }, HELLO, 415],
    ['of a type that only begins alike', { 'content-type': 'application/jsonp' }, HELLO, 415],
    ['that is no UTF-8', {}, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['with two byte order marks', {}, `\uFEFF\uFEFF${HELLO}`, 400],
  ])('is refused %s', async (_what, headers, body, status) => {
    await using server = await startTestServer();
    const answer = await ask(server, '/graphql', post(headers, body));
    expect([answer.status, answer.headers['accept-encoding']]).toEqual([status, 'content-encoding' in headers ? 'identity' : undefined]);
    expect((await ask(server, '/graphql/stream', post({ accept: 'text/event-stream', ...headers }, body))).status).toBe(status);
  });
});

describe('A target in absolute form', () => {
  it('is read as its path, for pages, operations, streams and WebSockets', async () => {
    await using server = await startTestServer();
    const { url } = server;
    expect((await ask(server, `${url}/readyz`)).status).toBe(200);
    expect((await ask(server, `${url.toUpperCase()}?x=/nothing`)).status).toBe(200);
    expect(await ask(server, `${url}/graphql?query={hello}`)).toMatchObject({ status: 200, body: expect.stringContaining('hello world') });
    expect((await ask(server, `${url}/graphql/stream?query={hello}`)).body).toContain('hello world');
    const key = 'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws';
    const head = (path: string) => `GET ${url}${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n${key}\r\n\r\n`;
    expect(await tell(server, `${head('/graphql')}not a frame`)).toMatch(/^HTTP\/1\.1 101/);
    expect(await tell(server, head('/other'))).toMatch(/^HTTP\/1\.1 404/);
  });

  it.each(['ftp://somewhere.example/dashboard', '/dashboard/#part'])(
    'of another kind is not there, and is given to no routes of others, which would warn of it on stderr: %s',
    async (target) => {
      const given: unknown[] = [];
      await using server = await startTestServer({
        extraRoutes: ({ url }, response) => {
          given.push(url);
          response.end('given');
        },
      });
      expect((await ask(server, `${server.url}/dashboard/?x=1#part`)).body).toBe('given');
      expect(await tell(server, `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 [^]*NOT_FOUND/);
      expect(given).toEqual(['/dashboard/?x=1']);
    },
  );

  it('brings its own host, whatever the header says', async () => {
    const hosts: unknown[] = [];
    await using server = await startTestServer({
      contextFor({ headers, transport, requestId }) {
        hosts.push(headers.host);
        return Promise.resolve({ requestId, transport, copy: 0 });
      },
    });
    await ask(server, 'http://user@evil.example:81/graphql?query={hello}', { headers: { host: 'localhost' } });
    expect(hosts).toEqual(['evil.example:81']);
    for (const target of ['ftp://localhost/healthz', 'http://', '*']) {
      expect([target, (await ask(server, target, { method: 'OPTIONS' })).status]).toEqual([target, 404]);
    }
  });
});

describe('What a client accepts', () => {
  it('is read with its weights: a type of weight 0 is not sent', async () => {
    await using server = await startTestServer();
    const typeFor = async (accept: string) => {
      const { status, headers } = await ask(server, '/graphql', post({ accept }));
      return status === 200 ? headers['content-type']?.split(';')[0] : status;
    };
    expect(await typeFor('application/graphql-response+json;q=0, application/json')).toBe('application/json');
    expect(await typeFor('application/json;q=0, */*')).toBe('application/graphql-response+json');
    expect(await typeFor('application/graphql-response+json;q=0.5, application/json;q=0.9')).toBe('application/json');
    expect(await typeFor('application/graphql-response+json, application/json;q=0.9')).toBe('application/graphql-response+json');
    expect(await typeFor('*/*')).toBe('application/json');
    expect(await typeFor('application/*;q=0, */*;q=0.1')).toBe(406);
    expect(await typeFor('text/event-stream')).toBe(406);

    const stream = async (accept: string) => (await ask(server, '/graphql/stream?query={hello}', { headers: { accept } })).status;
    expect([await stream('text/event-stream;q=0'), await stream('text/event-stream;q=0, */*'), await stream('image/*')]).toEqual([
      406, 406, 406,
    ]);
    expect([await stream('text/event-stream; charset=utf-8'), await stream('text/*'), await stream('*/*')]).toEqual([200, 200, 200]);
    expect((await ask(server, '/nothing', { headers: { accept: 'text/html;q=0, application/json' } })).headers['content-type']).toContain(
      'json',
    );
  });

  it('is asked before a mutation runs that could not be answered', async () => {
    let ran = 0;
    await using server = await startTestServer({ contextFor: ({ transport, requestId }) => Promise.resolve({ transport, requestId, get copy() { return (ran += 1); } }) }); // prettier-ignore
    const refused = await ask(server, '/graphql', post({ accept: 'image/png' }, '{"query":"mutation { shout(text: \\"hey\\") }"}'));
    expect([refused.status, ran]).toEqual([406, 0]);
  });

  it.each([
    [undefined, 'application/json', 1],
    ['', 'application/json', 0],
    ['APPLICATION/JSON ; Q=0.25', 'application/json', 0.25],
    ['application/json;level=1;q=0.5', 'application/json', 0.5],
    ['application/json;q=2', 'application/json', 0],
    ['application/json;q=', 'application/json', 0],
    ['*/*;q=0.1, application/*;q=0.2, application/json;q=0.3', 'application/json', 0.3],
    ['application/json;q=0, application/json', 'application/json', 1],
    ['application/json-seq', 'application/json', 0],
  ])('weighs %j for %s as %d', (accept, type, quality) => {
    expect(qualityOf(accept, type)).toBe(quality);
  });

  it('prefers by weight, and the server’s order between equals; an encoding must be named', () => {
    expect(preferred('b/b, a/a', ['a/a', 'b/b'])).toBe('a/a');
    expect(preferred('c/c', ['a/a', 'b/b'])).toBeUndefined();
    expect(['gzip', 'gzip;q=0', 'br, *;q=0.1', '*', 'br', '', undefined].map((header) => takesEncoding(header, 'gzip'))).toEqual([
      true, false, true, true, false, false, false,
    ]); // prettier-ignore
  });
});

describe('Every answer', () => {
  it('is kept by no cache, unless it is a file of the program', async () => {
    await using server = await startTestServer({
      metrics: () => Promise.resolve('runs_total 3\n'),
      extraRoutes: (request, response, next) => (request.url === '/dashboard' ? response.end('jobs') : next()),
    });
    const stream = { accept: 'text/event-stream' };
    const answers = [
      await ask(server, '/graphql', post({})),
      await ask(server, '/graphql', post({}, '{"query":"{ bug }"}')),
      await ask(server, '/graphql', post({ authorization: 'no' })),
      await ask(server, '/graphql', post({}, 'no json')),
      await ask(server, '/graphql?query={hello}'),
      await ask(server, '/graphql', { headers: { accept: 'text/html' } }),
      await ask(server, '/graphql', { method: 'DELETE' }),
      await ask(server, '/graphql/stream?query={hello}', { headers: stream }),
      await ask(server, '/graphql/stream?query={helo}', { headers: stream }),
      await ask(server, '/graphql/stream', { headers: { accept: 'image/png' } }),
      ...(await Promise.all(
        ['/', '/healthz', '/readyz', '/metrics', '/playground', '/dashboard', '/nothing'].map((path) => ask(server, path)),
      )),
    ];
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(answers.map(() => 'no-store'));
    expect((await ask(server, '/playground/boot.js')).headers['cache-control']).toBe('no-cache');
    expect(await tell(server, 'GET /other HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')).toContain(
      'cache-control: no-store',
    );
  });
});
