import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { closeOf } from '../support/close-of.js';
import { acknowledged, closing, nextMessage, rawSocket, say, subscribe } from './http-sockets.js';
import { startTestServer, type TestServer } from './http-fixture.js';

const connect = (server: TestServer, options: Partial<Parameters<typeof createClient>[0]> = {}): Client =>
  createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, ...options });

/** Everything an operation answers, until it completes. */
async function all(client: Client, query: string, variables?: Record<string, unknown>): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const result of client.iterate({ query, ...(variables === undefined ? {} : { variables }) })) results.push(result);
  return results;
}

describe('GraphQL over WebSocket', () => {
  it('carries subscriptions, queries and mutations', async () => {
    await using server = await startTestServer();
    const client = connect(server);
    expect(await all(client, 'subscription { count(to: 3) }')).toEqual([1, 2, 3].map((count) => ({ data: { count } })));
    expect(await all(client, '{ transport }')).toEqual([{ data: { transport: 'ws' } }]);
    expect(await all(client, 'mutation ($t: String!) { shout(text: $t) }', { t: 'hey' })).toEqual([{ data: { shout: 'HEY' } }]);
    await client.dispose();
  });

  it('returns the source when the client completes, when it closes and when it vanishes', async () => {
    for (const leave of ['complete', 'close', 'terminate'] as const) {
      await using server = await startTestServer();
      const socket = await rawSocket(server);
      await acknowledged(socket);
      subscribe(socket, 'one', 'subscription { feed }');
      await server.feed.listened;
      if (leave === 'complete') say(socket, { id: 'one', type: 'complete' });
      else socket[leave]();
      await server.feed.returned;
      socket.terminate();
    }
  });

  it('carries an answer that is larger than what may wait for a client, and keeps the others on the socket', async () => {
    await using server = await startTestServer({ webSocket: { maxBufferedBytes: 100_000 } });
    const client = connect(server);
    const events = client.iterate<{ feed: string }>({ query: 'subscription { feed }' });
    server.feed.push('x'.repeat(2_000_000));
    server.feed.push('short');
    const [large, short] = [await events.next(), await events.next()];
    expect([large.value?.data?.feed.length, short.value?.data?.feed]).toEqual([2_000_000, 'short']);
    expect(await all(client, '{ transport }')).toEqual([{ data: { transport: 'ws' } }]);
    expect(server.logged).toEqual([]);
    await client.dispose();
  });

  it('goes on when a client that is not let in sends what is no frame', async () => {
    await using server = await startTestServer({ limits: { sockets: 1 } });
    const held = await rawSocket(server);
    const { hostname, port } = new URL(server.url);
    const bad = connectTcp(Number(port), hostname);
    const handshake = ['GET /graphql HTTP/1.1', `host: ${hostname}:${port}`, 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-protocol: graphql-transport-ws', '', '']; // prettier-ignore
    const over = closeOf(bad);
    bad.resume().write(Buffer.concat([Buffer.from(handshake.join('\r\n')), Buffer.alloc(64, 0xff)]));
    await over;
    await acknowledged(held);
    held.terminate();
    expect(server.logged.filter(({ message }) => message === 'websocket error').map(({ level }) => level)).toEqual(['debug']);
  });

  it('gives every event a context of its own', async () => {
    let copies = 0;
    await using server = await startTestServer({ contextForEvent: (context) => ({ ...context, copy: (copies += 1) }) });
    const client = connect(server);
    const events = client.iterate({ query: 'subscription { contextCopy }' });
    server.feed.push('a');
    server.feed.push('b');
    expect([await events.next(), await events.next()]).toMatchObject([
      { value: { data: { contextCopy: 1 } } },
      { value: { data: { contextCopy: 2 } } },
    ]);
    await events.return?.();
    await server.feed.returned;
    await client.dispose();
  });

  it('masks a bug in a query and in a source of events, and shows a refusal', async () => {
    await using server = await startTestServer();
    const client = connect(server);
    const internal = { message: 'Internal error', extensions: { code: 'INTERNAL', correlationId: expect.any(String) } };
    expect(await all(client, '{ bug(secret: "Kim") }')).toMatchObject([{ data: { bug: null }, errors: [internal] }]);
    await expect(all(client, 'subscription { bug }')).rejects.toMatchObject([internal]);
    expect(await all(client, 'subscription { refusedAtOnce }')).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
    expect(JSON.stringify(server.logged)).not.toMatch(/Kim|a row/);
    expect(server.logged.filter(({ level }) => level === 'error')).toHaveLength(2);
    await client.dispose();
  });

  it('holds operations to the limits that HTTP has', async () => {
    await using server = await startTestServer({ production: true });
    const client = connect(server);
    const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ');
    const tokens = 'hello '.repeat(2_100);
    const refusals: [string, RegExp, string][] = [
      [`{ ${aliases} }`, /^The operation has 16 aliases/, 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ${tokens} }`, /2000 tokens/, 'GRAPHQL_PARSE_FAILED'],
      ['{ __schema { __typename } }', /introspection has been disabled/, 'GRAPHQL_VALIDATION_FAILED'],
      ['{ helo }', /^Cannot query field "helo" on type "Query"\.$/, 'GRAPHQL_VALIDATION_FAILED'],
    ];
    for (const [query, message, code] of refusals) {
      await expect(all(client, query)).rejects.toMatchObject([{ message: expect.stringMatching(message), extensions: { code } }]);
    }
    await client.dispose();
  });

  it('closes with 4401 on a caller who is not known, whose operations do not run', async () => {
    await using server = await startTestServer();
    const socket = await rawSocket(server);
    const closed = closing(socket);
    say(socket, { type: 'connection_init', payload: { authorization: 'no' } });
    subscribe(socket, 'one', 'subscription { feed }');
    expect(await closed).toEqual([4401, 'Unauthorized']);
    expect(await Promise.race([server.feed.listened.then(() => 'ran'), Promise.resolve('not run')])).toBe('not run');
  });

  it('lets a client come back when it could not be found out who it is', async () => {
    await using server = await startTestServer();
    const socket = await rawSocket(server);
    const closed = once(socket, 'close');
    say(socket, { type: 'connection_init', payload: { authorization: 'broken' } });
    expect((await closed)[0]).toBe(1013);
    expect(server.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('closes a connection that never says who it is', async () => {
    await using server = await startTestServer({ webSocket: { initWaitMs: 20 } });
    const socket = await rawSocket(server);
    expect((await once(socket, 'close'))[0]).toBe(4408);
  });

  it('refuses pages of other sites, other paths and messages that are too large', async () => {
    await using server = await startTestServer();
    const refusal = async (path: string, headers: Record<string, string>) => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
      return String((await once(socket, 'error'))[0]);
    };
    expect(await refusal('/graphql', { origin: 'https://elsewhere.example' })).toContain('403');
    expect(await refusal('/graphql', { origin: 'null' })).toContain('403');
    expect(await refusal('/other', {})).toContain('404');
    (await rawSocket(server, { origin: server.url })).terminate();

    const socket = await rawSocket(server);
    socket.send('x'.repeat(1_100_000));
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  it('refuses more operations at once than a client can need', async () => {
    await using server = await startTestServer();
    const socket = await rawSocket(server);
    await acknowledged(socket);
    const answer = nextMessage(socket);
    for (let index = 0; index < 101; index += 1) subscribe(socket, `${index}`, 'subscription { feed }');
    expect(JSON.parse(await answer)).toMatchObject({
      id: '100',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    socket.terminate();
    await server.feed.returned;
  });
});
