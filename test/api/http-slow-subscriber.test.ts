import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { watchSocket } from '../../src/server/http/ws-socket.js';
import { acknowledged, closing, messages, rawSocket } from './http-sockets.js';
import { startTestServer, type TestServer } from './http-fixture.js';

const LARGE = 'x'.repeat(200_000);

/** A client with `count` subscriptions to the feed, which from now on reads nothing. */
async function neverReading(server: TestServer, count = 1): Promise<WebSocket> {
  const socket = await rawSocket(server);
  await acknowledged(socket);
  for (let index = 0; index < count; index += 1) {
    socket.send(JSON.stringify({ id: `${index}`, type: 'subscribe', payload: { query: 'subscription { feed }' } }));
  }
  await server.feed.listened;
  socket.pause();
  return socket;
}

/** A socket of a client that takes nothing. */
const deaf = (): WebSocket =>
  Object.assign(new EventEmitter(), {
    readyState: WebSocket.OPEN,
    protocol: '',
    send: () => undefined,
    close: () => undefined,
  }) as unknown as WebSocket;

const dropped = (server: TestServer) => server.logged.find(({ message }) => message === 'subscriber dropped')?.fields;

describe('A subscriber that does not read', () => {
  it('is dropped over WebSocket after a heartbeat in which it took nothing, and its subscription ends', async () => {
    await using server = await startTestServer({ webSocket: { keepAliveMs: 50 } });
    const socket = await neverReading(server);
    for (let index = 0; index < 100; index += 1) server.feed.push(LARGE);
    await server.feed.returned;
    // Held back while it waited: what had not been sent stayed where it was, and did not pile up in the connection.
    expect(server.feed.backlog).toBeGreaterThan(50);
    expect(dropped(server)).toMatchObject({ code: 1013, reason: 'reads too slowly: nothing taken for a heartbeat' });
    socket.terminate();
  });

  it('is dropped at once when its subscriptions together leave too much unsent', async () => {
    await using server = await startTestServer({ webSocket: { keepAliveMs: 600_000, maxWaitingBytes: 1_000_000 } });
    const socket = await neverReading(server, 50);
    for (let index = 0; index < 100; index += 1) server.feed.push(LARGE);
    await server.feed.returned;
    expect(dropped(server)).toMatchObject({ code: 1013, reason: 'reads too slowly: more than 1000000 bytes wait' });
    // Told why, should it ever read again: code 1013 makes client libraries reconnect.
    const closed = closing(socket);
    socket.resume();
    expect(await closed).toEqual([1013, 'reads too slowly: more than 1000000 bytes wait']);
  });

  it('is sent what several operations answer at once one after the other, and is not dropped for it', async () => {
    await using server = await startTestServer({ webSocket: { keepAliveMs: 600_000, maxBufferedBytes: 250_000 } });
    const socket = await neverReading(server, 40);
    for (let index = 0; index < 40; index += 1) server.feed.push(LARGE);
    const all = messages(socket, 40);
    socket.resume();
    expect((await all).map(({ type }) => type)).toEqual(Array.from({ length: 40 }, () => 'next'));
    expect(dropped(server)).toBeUndefined();
    socket.terminate();
  });

  it('shares with all others what may wait: when that is used up, a subscriber with more than a usual message’s share is dropped', async () => {
    const inAll = { bytes: 0 };
    const reasons: string[] = [];
    const options = { maxBufferedBytes: 1_048_576, inAll, onSlow: (_: number, reason: string) => reasons.push(reason), onFailure: () => undefined, checkMessage: () => undefined }; // prettier-ignore
    const sockets = Array.from({ length: 100 }, () => watchSocket(deaf(), options).forGraphQL);
    for (const socket of sockets) for (let message = 0; message < 8; message += 1) void socket.send('x'.repeat(1_000_000));
    expect(new Set(reasons)).toEqual(new Set(['reads too slowly: more than 1048576 bytes wait']));
    expect(reasons.length).toBeGreaterThan(80);
    expect(inAll.bytes).toBeLessThan(67_108_864 + 100 * 1_000_000);
  });

  it('is given as many bytes as are said, whatever letters they are of', () => {
    const inAll = { bytes: 0 };
    const reasons: string[] = [];
    const options = { maxBufferedBytes: 1_000, maxWaitingBytes: 5_000, inAll, onSlow: (_: number, reason: string) => reasons.push(reason), onFailure: () => undefined, checkMessage: () => undefined }; // prettier-ignore
    const socket = watchSocket(deaf(), options).forGraphQL;
    void socket.send('배'.repeat(1_000));
    expect([inAll.bytes, reasons]).toEqual([3_000, []]);
    void socket.send('배'.repeat(1_000));
    expect(reasons).toEqual(['reads too slowly: more than 5000 bytes wait']);
  });

  it('is cut off when it answers no ping', async () => {
    await using server = await startTestServer({ webSocket: { keepAliveMs: 50 } });
    const socket = await neverReading(server);
    await server.feed.returned;
    expect(dropped(server)).toBeUndefined();
    socket.terminate();
  });

  it('is cut off over Server-Sent Events after its buffer was full for too long', async () => {
    await using server = await startTestServer({ streamStallMs: 50 });
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { feed }' }),
    });
    for (let index = 0; index < 200; index += 1) server.feed.push(LARGE);
    await server.feed.returned;
    expect(server.feed.backlog).toBeGreaterThan(50);
    await response.body?.cancel().catch(() => undefined);
  });
});
