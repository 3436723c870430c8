import { describe, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import { startTestServer, type TestServer } from './http-fixture.js';
import { acknowledged, closing, messages, outcome, rawSocket, say, subscribe } from './http-sockets.js';
import { ask } from './raw-http.js';

const INTERNAL = { message: 'Internal error', extensions: { code: 'INTERNAL', correlationId: expect.any(String) } };
const STREAM = { accept: 'text/event-stream' };

/** A socket with a subscription that is under way, whose next event is still to come. */
async function busySocket(server: TestServer): Promise<WebSocket> {
  const socket = await rawSocket(server);
  await acknowledged(socket);
  subscribe(socket, 'other', 'subscription { feed }');
  await server.feed.listened;
  return socket;
}

/** Sees that a socket and the subscription on it have come through. */
async function stillServes(socket: WebSocket, server: TestServer): Promise<void> {
  const next = messages(socket, 1);
  server.feed.push('still here');
  expect(await next).toEqual([{ id: 'other', type: 'next', payload: { data: { feed: 'still here' } } }]);
  socket.terminate();
}

describe('An operation that fails before its first result', () => {
  it.each([
    ['whose only field is skipped', 'subscription { feed @skip(if: true) }', 'GRAPHQL_VALIDATION_FAILED'],
    ['whose only field is not included', 'subscription { feed @include(if: false) }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'in a fragment that is skipped',
      'subscription { ...F @skip(if: true) } fragment F on Subscription { feed }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'in a fragment whose field is skipped',
      'subscription { ...F } fragment F on Subscription { ... { feed @skip(if: true) } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['in a fragment of itself', 'subscription { ...F } fragment F on Subscription { feed ...F }', 'GRAPHQL_VALIDATION_FAILED'],
    ['that does not parse', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['that is none', 'fragment F on Subscription { feed }', 'GRAPHQL_VALIDATION_FAILED'],
    ['whose variable is missing', 'subscription ($n: Int!) { count(to: $n) }', 'BAD_USER_INPUT'],
    ['whose source refuses', 'subscription { refusedAtOnce }', 'FORBIDDEN'],
    ['whose source throws at once', 'subscription { throwsAValue }', 'INTERNAL'],
    ['whose source is none', 'subscription { notAStream }', 'INTERNAL'],
    ['whose source throws later', 'subscription { bug }', 'INTERNAL'],
  ])('ends as one error on its own id, and the socket lives: %s', async (_what, query, code) => {
    await using server = await startTestServer();
    const socket = await busySocket(server);
    const ended = outcome(socket, 'mine');
    subscribe(socket, 'mine', query);
    const [answer, ...rest] = await ended;
    const { payload } = answer as { payload: unknown };
    const errors = Array.isArray(payload) ? payload : (payload as { errors: unknown[] }).errors;
    expect([answer?.['id'], errors]).toEqual([
      'mine',
      expect.arrayContaining([expect.objectContaining({ extensions: expect.objectContaining({ code }) })]),
    ]);
    expect(rest).toEqual(answer?.['type'] === 'next' ? [{ id: 'mine', type: 'complete' }] : []);
    await stillServes(socket, server);

    const stream = await ask(server, `/graphql/stream?query=${encodeURIComponent(query)}`, { headers: STREAM });
    expect(stream.body.match(/^event: \w+$/gm)).toEqual(['event: next', 'event: complete']);
    expect(stream.body).toContain(`"code":"${code}"`);
    expect(server.logged).toContainEqual(expect.objectContaining({ message: 'request' }));
    expect(JSON.stringify(server.logged)).not.toContain('Kim');
  });
});

describe('A client that does not speak the protocol', () => {
  it.each<[string, (socket: WebSocket) => void]>([
    ['a message that only a server sends', (socket) => say(socket, { type: 'connection_ack' })],
    ['a result of its own', (socket) => say(socket, { id: 'a', type: 'next', payload: {} })],
    ['an error of its own', (socket) => say(socket, { id: 'a', type: 'error', payload: [{ message: 'no' }] })],
    ['a type that is none', (socket) => say(socket, { type: 'hello' })],
    ['no JSON', (socket) => socket.send('hello')],
    ['JSON that is no message', (socket) => socket.send('[1]')],
    ['an operation without a document', (socket) => say(socket, { id: 'a', type: 'subscribe', payload: {} })],
    [
      'variables that are no object',
      (socket) => say(socket, { id: 'a', type: 'subscribe', payload: { query: '{ hello }', variables: 3 } }),
    ],
    ['a binary message', (socket) => socket.send(Buffer.from('{"type":"ping"}'), { binary: true })],
  ])('is sent away with 4400, and it is no error of ours: %s', async (_what, misbehave) => {
    await using server = await startTestServer();
    const socket = await rawSocket(server);
    await acknowledged(socket);
    const closed = closing(socket);
    misbehave(socket);
    expect(await closed).toEqual([4400, expect.stringMatching(/./)]);
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is not read at length before it is known', async () => {
    await using server = await startTestServer();
    const socket = await rawSocket(server);
    const closed = closing(socket);
    say(socket, { type: 'connection_init', payload: { padding: 'x'.repeat(20_000) } });
    expect(await closed).toEqual([4400, 'More than 16384 bytes before connection_ack']);
  });
});

describe('Who is not known', () => {
  const none = { authorization: 'no' };
  const json = { 'content-type': 'application/json' };

  it.each([
    ['a valid operation', '{"query":"{ hello }"}'],
    ['a field that is not there', '{"query":"{ helo }"}'],
    ['what does not parse', '{"query":"{"}'],
    ['no JSON', '{'],
    ['no operation', '[]'],
    ['too many aliases', JSON.stringify({ query: `{ ${Array.from({ length: 250 }, (_, at) => `a${at}: hello`).join(' ')} }` })],
    ['a body that is too large', JSON.stringify({ query: '{ hello }', padding: 'x'.repeat(1_200_000) })],
  ])('is told so, and nothing of what was sent: %s', async (_what, body) => {
    await using server = await startTestServer();
    const refusal = { status: 401, body: '{"errors":[{"message":"Sign in first.","extensions":{"code":"UNAUTHENTICATED"}}]}' };
    expect(await ask(server, '/graphql', { method: 'POST', headers: { ...none, ...json }, body })).toMatchObject(refusal);
    expect(await ask(server, '/graphql/stream', { method: 'POST', headers: { ...none, ...json, ...STREAM }, body })).toMatchObject(refusal);
    const query = `?query=${encodeURIComponent(body.slice(0, 5_000))}`;
    expect(await ask(server, `/graphql${query}`, { headers: none })).toMatchObject(refusal);
    expect(await ask(server, `/graphql/stream${query}`, { headers: { ...none, ...STREAM } })).toMatchObject(refusal);
  });

  it('is told so at once on a socket that had been let in', async () => {
    let known = true;
    await using server = await startTestServer({
      contextFor: ({ transport, requestId }) =>
        known
          ? Promise.resolve({ transport, requestId, copy: 0 })
          : Promise.reject(Object.assign(new Error('Revoked.'), { name: 'IdentityError', code: 'UNAUTHENTICATED' })),
    });
    const socket = await rawSocket(server);
    await acknowledged(socket);
    known = false;
    for (const query of ['{ hello }', '{ helo }', '{']) {
      const answered = messages(socket, 1);
      subscribe(socket, 'mine', query);
      expect(await answered).toEqual([
        { id: 'mine', type: 'error', payload: [{ message: 'Revoked.', extensions: { code: 'UNAUTHENTICATED' } }] },
      ]);
    }
    socket.terminate();
  });
});

/** Sees that a list of 5,000 errors is cut. */
const bounded = (errors: unknown) => {
  const list = errors as { message: string; extensions: { code: string; count?: number } }[];
  expect(list).toHaveLength(21);
  expect(list[0]).toMatchObject(INTERNAL);
  expect(list[20]?.extensions).toEqual({ code: 'MORE_ERRORS', count: 4_980 });
};

/** Sees that the log has the first five of them and a count, and empties it. */
const isBoundedInLog = ({ logged }: TestServer) => {
  const lines = logged.filter(({ level }) => level === 'error');
  expect(lines.map(({ message }) => message)).toEqual([
    ...Array<string>(5).fill('unexpected error'),
    'more unexpected errors of the same result',
  ]);
  expect(lines[5]?.fields).toEqual({ correlationId: lines[0]?.fields['correlationId'], count: 4_995 });
  logged.length = 0;
};

describe('A result with thousands of errors', () => {
  const query = '{ flood(of: 5000) }';
  it('shows the first ones and their number, on each transport, and logs a few', async () => {
    let counted = 0;
    await using server = await startTestServer({ onError: () => (counted += 1) });
    bounded(((await (await server.post({ query })).json()) as { errors: unknown }).errors);
    isBoundedInLog(server);

    const stream = await ask(server, `/graphql/stream?query=${encodeURIComponent(query)}`, { headers: STREAM });
    bounded((JSON.parse(/^data: (.*)$/m.exec(stream.body)?.[1] ?? '') as { errors: unknown }).errors);
    isBoundedInLog(server);

    const socket = await rawSocket(server);
    await acknowledged(socket);
    const answered = messages(socket, 1);
    subscribe(socket, 'mine', query);
    bounded(((await answered)[0] as { payload: { errors: unknown } }).payload.errors);
    isBoundedInLog(server);
    expect(counted).toBe(15_000);
    socket.terminate();
  });

  it('is bounded where a document breaks rules again and again, or a message quotes what was sent', async () => {
    await using server = await startTestServer();
    const { errors } = (await (
      await server.post({ query: `{ ${Array.from({ length: 500 }, (_, at) => `f${at}`).join(' ')} }` })
    ).json()) as { errors: unknown[] };
    expect(errors.length).toBeLessThanOrEqual(22);
    const quoted = await server.post({
      query: 'query ($n: Int) { runs(first: $n) { edges { node { id } } } }',
      variables: { n: 'x'.repeat(500_000) },
    });
    expect((await quoted.text()).length).toBeLessThan(2_000);
  });
});
