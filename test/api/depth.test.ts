import { describe, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import { startTestServer, type TestServer } from './http-fixture.js';
import { acknowledged, closing, nextMessage, outcome, rawSocket, subscribe } from './http-sockets.js';

const JSON_TYPE = { 'content-type': 'application/json' };
/** More levels than a stack has room for, and as many as a message before the greeting may hold. */
const BEYOND = 200_000;
const SMALL = 7_000;

const nested = (levels: number, [open, close]: readonly [string, string] = ['[', ']']): string =>
  open.repeat(levels) + close.repeat(levels);

/** Documents that lie 65 levels deep, each in another way, and the deepest of the kind that are read. */
const DOCUMENTS = [
  ['fields', (levels: number) => `${'{ nested '.repeat(levels - 1)}{ value }${' }'.repeat(levels - 1)}`],
  ['lists', (levels: number) => `{ hello(name: ${nested(levels - 1)}) }`],
  ['objects', (levels: number) => `{ hello(name: ${nested(levels - 2, ['{a:', '}']).replace('{a:}', '{a:{}}')}) }`],
  ['types of variables', (levels: number) => `query ($a: ${'['.repeat(levels)}Int${']'.repeat(levels)}) { hello }`],
  ['defaults of variables', (levels: number) => `query ($a: Int = ${nested(levels)}) { hello }`],
  ['a subscription', (levels: number) => `subscription { count(to: ${nested(levels - 1)}) }`],
] as const;
const TOO_DEEP = /^The document has more than 64 levels/;

describe('What lies too deep', () => {
  it.each(DOCUMENTS)('in %s of a document is refused in the same words over each transport, one level less is read', async (_of, made) => {
    await using server = await startTestServer();
    await using socket = await opened(server);
    for (const told of [await overHttp(server, made(65)), await overStream(server, made(65)), await overSocket(socket.socket, made(65))])
      expect(told).toMatch(TOO_DEEP);
    for (const told of [await overHttp(server, made(64)), await overStream(server, made(64)), await overSocket(socket.socket, made(64))]) {
      expect(told).toMatch(/./);
      expect(told).not.toMatch(/levels|Internal/);
    }
    expect(await overSocket(socket.socket, '{ hello }')).toBe('hello world');
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in variables is refused over each transport', async () => {
    await using server = await startTestServer();
    await using socket = await opened(server);
    const body = `{"query":"{ hello }","variables":{"a":${nested(BEYOND)}}}`;
    for (const path of ['/graphql', '/graphql/stream']) {
      const answer = await fetch(server.url + path, { method: 'POST', headers: JSON_TYPE, body });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('64 levels')]);
    }
    const address = new URLSearchParams({ query: '{ hello }', variables: `{"a":${nested(100)}}` });
    expect((await fetch(`${server.url}/graphql/stream?${address.toString()}`)).status).toBe(400);
    const answered = outcome(socket.socket, 'deep');
    socket.socket.send(`{"id":"deep","type":"subscribe","payload":${body}}`);
    expect(await answered).toEqual([expect.objectContaining({ type: 'error' })]);
    expect(await overSocket(socket.socket, '{ hello }')).toBe('hello world');
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in a ping is the mistake of its sender, known or not, and no error of ours', async () => {
    await using server = await startTestServer();
    await using known = await opened(server);
    const stranger = await rawSocket(server);
    const closings = Promise.all([closing(known.socket), closing(stranger)]);
    known.socket.send(`{"type":"ping","payload":{"a":${nested(BEYOND)}}}`);
    stranger.send(`{"type":"ping","payload":{"a":${nested(SMALL)}}}`);
    expect((await closings).map(([code]) => code)).toEqual([4400, 4400]);
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in what no answer holds again keeps nothing from its answer: a pong, extensions', async () => {
    await using server = await startTestServer();
    await using socket = await opened(server);
    socket.socket.send(`{"type":"pong","payload":{"a":${nested(BEYOND)}}}`);
    const answered = outcome(socket.socket, 'deep');
    socket.socket.send(`{"id":"deep","type":"subscribe","payload":{"query":"{ hello }","extensions":{"a":${nested(BEYOND)}}}}`);
    expect(await answered).toMatchObject([{ payload: { data: { hello: 'hello world' } } }, { type: 'complete' }]);
    const pong = nextMessage(socket.socket);
    socket.socket.send('{"type":"ping","payload":{"a":[1]}}');
    expect(JSON.parse(await pong)).toEqual({ type: 'pong', payload: { a: [1] } });
  });
});

async function opened(server: TestServer): Promise<AsyncDisposable & { readonly socket: WebSocket }> {
  const socket = await rawSocket(server);
  await acknowledged(socket);
  return { socket, [Symbol.asyncDispose]: () => Promise.resolve(socket.terminate()) };
}

/** The first error's message, or what `hello` says. */
interface Told {
  readonly data?: { readonly hello?: string } | null;
  readonly errors?: readonly { readonly message: string }[];
}

function toldIn({ errors = [], data }: Told): string {
  return errors[0]?.message ?? data?.hello ?? 'nothing';
}

async function overHttp(server: TestServer, query: string): Promise<string> {
  return toldIn((await (await server.post({ query })).json()) as Told);
}

async function overStream(server: TestServer, query: string): Promise<string> {
  const answer = await fetch(`${server.url}/graphql/stream`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query }) });
  const line = /^data: (\{.*)$/m.exec(await answer.text())?.[1] ?? '{}';
  return toldIn(JSON.parse(line) as Told);
}

async function overSocket(socket: WebSocket, query: string): Promise<string> {
  const answered = outcome(socket, 'asked');
  subscribe(socket, 'asked', query);
  const [{ payload } = {}] = await answered;
  return Array.isArray(payload) ? toldIn({ errors: payload as NonNullable<Told['errors']> }) : toldIn(payload as Told);
}
