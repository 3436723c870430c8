import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { Turns } from '../../src/server/http/turns.js';
import { startTestServer } from './http-fixture.js';
import { acknowledged, closing, rawSocket, say } from './http-sockets.js';

/** Requests of one burst, each of which takes the process a while before it waits for anything. */
const BURST = 200;
const EACH_MS = 3;
/** Of them, how many may begin before the process reads what else has come: those of its ms at once. */
const MAX_BEFORE = 20 / EACH_MS + 1;
/** The same while connections are taken in, of which some are before each that begins. */
const MAX_BEHIND = BURST / 4;

function spin(): void {
  const until = performance.now() + EACH_MS;
  while (performance.now() < until) continue;
}

/** A connection of its own, over which a request can be sent at a moment of the test's choice: a busy machine may take long to connect. */
async function connected(port: number): Promise<(path: string) => Promise<unknown>> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return (path) => {
    const answered = once(socket, 'data').finally(() => socket.destroy());
    socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n`);
    return answered;
  };
}

/** Counts what begins in each turn of the event loop: between two turns it reads what has come, a health check as well. A machine that is busy may bring that late, which no clock tells. */
function countByTurn(): Disposable & { begin(): void; readonly counts: readonly number[] } {
  const counts = [0];
  const next = (): void => {
    counts.push(0);
    immediate = setImmediate(next);
  };
  let immediate = setImmediate(next);
  return {
    counts,
    begin: () => void (counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1),
    [Symbol.dispose]: () => clearImmediate(immediate),
  };
}

it('Whether a process lives is answered between the streams of a burst, though its connection comes behind all of theirs', async () => {
  let begun = 0;
  const contextFor = (): Promise<never> => {
    begun += 1;
    spin();
    return Promise.reject(new Error('not let in'));
  };
  await using server = await startTestServer({ contextFor });
  const port = Number(new URL(server.url).port);
  const every = await Promise.all(Array.from({ length: BURST }, () => connected(port)));
  const ask = await connected(port);
  const answers = every.map((send) => send('/graphql/stream?query=%7Bhello%7D'));
  expect(String(await ask('/healthz'))).toContain(' 200 ');
  expect(begun).toBeLessThan(MAX_BEHIND);
  await Promise.all(answers);
  expect(begun).toBe(BURST);
});

it('Between the operations that one WebSocket sends at once a process reads what else has come', async () => {
  using turns = countByTurn();
  let isIn = false;
  const contextFor = (): Promise<never> => {
    if (!isIn) {
      isIn = true;
      return Promise.resolve({ requestId: '', transport: 'ws', copy: 0 } as never);
    }
    turns.begin();
    spin();
    return Promise.reject(new Error('not let in'));
  };
  await using server = await startTestServer({ contextFor });
  const socket = await rawSocket(server);
  await acknowledged(socket);
  const ask = await connected(Number(new URL(server.url).port));
  const all = 100;
  let answers = 0;
  const every = new Promise<void>((resolve) => socket.on('message', () => void ((answers += 1) === all && resolve())));
  for (let id = 0; id < all; id += 1) say(socket, { id: String(id), type: 'subscribe', payload: { query: '{hello}' } });
  expect(String(await ask('/healthz'))).toContain(' 200 ');
  await every;
  expect(turns.counts.reduce((sum, count) => sum + count)).toBe(all);
  expect(Math.max(...turns.counts)).toBeLessThanOrEqual(MAX_BEFORE);
  socket.terminate();
});

it('Requests begin in the order in which they came, one that comes later behind those that wait', async () => {
  const turns = new Turns(0);
  const begun: number[] = [];
  const ask = async (id: number): Promise<void> => {
    await turns.take();
    begun.push(id);
  };
  const first = [ask(1), ask(2), ask(3)];
  await new Promise(setImmediate);
  await Promise.all([...first, ask(4), ask(5)]);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});

/** Counts texts of a kind that are read as JSON. @param isCounted tells which */
function countReading(isCounted: (text: string) => boolean, count: () => void): Disposable {
  const { parse } = JSON;
  JSON.parse = (text, reviver): unknown => {
    if (isCounted(text)) count();
    return parse(text, reviver) as unknown;
  };
  return { [Symbol.dispose]: () => void (JSON.parse = parse) };
}

it('What one WebSocket sends at once is read a message at a time, whatever the messages are', async () => {
  using turns = countByTurn();
  using _ = countReading(
    (text) => text.includes('of many'),
    () => turns.begin(),
  );
  await using server = await startTestServer();
  const socket = await rawSocket(server);
  await acknowledged(socket);
  const all = 500;
  let read = 0;
  const every = new Promise<void>((resolve) => socket.on('message', () => void ((read += 1) === all && resolve())));
  for (let each = 0; each < all; each += 1) say(socket, { type: 'ping', payload: { one: 'of many' } });
  await every;
  expect(turns.counts.reduce((sum, count) => sum + count)).toBe(all);
  expect(Math.max(...turns.counts)).toBeLessThanOrEqual(2);
  socket.terminate();
});

it('A client whose messages are read is alive, though its pong may stand behind them', async () => {
  await using server = await startTestServer({ webSocket: { keepAliveMs: 200 } });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { autoPong: false });
  await once(socket, 'open');
  await acknowledged(socket);
  let beats = 0;
  const closed = closing(socket);
  const beaten = new Promise<void>((resolve) => socket.on('ping', () => void ((beats += 1) === 4 && resolve())));
  const ask = (): void => say(socket, { type: 'ping' });
  socket.on('message', ask);
  ask();
  await Promise.race([beaten, closed]);
  expect([beats, socket.readyState]).toEqual([4, WebSocket.OPEN]);
  socket.off('message', ask); // and one that says nothing more is not
  expect(await closed).toEqual([1006, '']);
});
