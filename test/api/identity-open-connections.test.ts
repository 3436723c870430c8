import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { openPool } from '../../src/database/pool.js';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { authenticationOf } from '../../src/runtime/authentication.js';
import { openIdentity } from '../../src/runtime/open-identity.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestServer, type TestServer } from './http-fixture.js';
import { acknowledged, closing, rawSocket } from './http-sockets.js';
import { inSeconds, SECRET, signHs256 } from './identity-issuers.js';

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
let keys: ApiKeyStore;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool({ url: database.url, max: 2, name: 'test', onError: () => undefined });
  keys = new ApiKeyStore(pool);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

interface WatchingServer extends TestServer {
  /** Moves the service's clock. */
  readonly pass: (seconds: number) => void;
}

/** A server whose callers must show tokens or keys, looked after every 10 ms, by a clock of the test's own. */
async function startWatching(): Promise<WatchingServer> {
  const startedAt = Date.now();
  let passedMs = 0; // it stands still but for this
  const { identity } = openIdentity(authenticationOf(readConfig({ AUTH_JWT_SECRET: SECRET })), {
    pool,
    clock: () => startedAt + passedMs,
    rememberMs: 10,
  });
  const server = await startTestServer({
    contextFor: async (request) => {
      await identity.identify(request);
      return { requestId: request.requestId, transport: request.transport, copy: 0 };
    },
    watchCaller: identity.watch,
  });
  return { ...server, pass: (seconds) => void (passedMs += seconds * 1_000) };
}

/** Subscribes. @returns the code that the socket closes with */
async function followOverSocket(server: TestServer, token: string): Promise<number> {
  const socket = await rawSocket(server);
  const closed = closing(socket).then(([code]) => code);
  await acknowledged(socket, { Authorization: `Bearer ${token}` });
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { feed }' } }));
  return closed;
}

/** Subscribes. @returns all that was sent, when the stream has ended */
async function followStream(server: TestServer, token: string): Promise<string> {
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'subscription { feed }' }),
  });
  return response.text();
}

const shortLived = () => signHs256({ sub: 'kim', batch_role: 'viewer', exp: inSeconds(60) });

describe('A subscription', () => {
  it('is closed with 4401 when the token expires that it was opened with', async () => {
    await using server = await startWatching();
    const closed = followOverSocket(server, await shortLived());
    await server.feed.listened;
    server.pass(61);
    expect(await closed).toBe(4401);
    await server.feed.returned;
  });

  it('as a stream of events ends with the reason, and is complete, so that no client comes back with the same token', async () => {
    await using server = await startWatching();
    const text = followStream(server, await shortLived());
    await server.feed.listened;
    server.feed.push('before');
    server.pass(61);
    const events = await text;
    expect(events).toContain('"feed":"before"');
    expect(events).toMatch(/has expired.+"UNAUTHENTICATED"[^]+event: complete/);
    await server.feed.returned;
  });

  it('is closed when its API key is revoked', async () => {
    await using server = await startWatching();
    const made = await keys.create({ name: 'follower', role: 'viewer', createdBy: 'test' });
    const closed = followOverSocket(server, made?.key ?? '');
    await server.feed.listened;
    await keys.revoke('follower', 'test');
    server.pass(1);
    expect(await closed).toBe(4401);
  });

  it('stays while the database is away that knows its key, and is closed all the same when that is revoked', async () => {
    await using server = await startWatching();
    const made = await keys.create({ name: 'patient follower', role: 'viewer', createdBy: 'test' });
    const closed = followOverSocket(server, made?.key ?? '');
    await server.feed.listened;
    await pool.query('alter table batch.api_key rename to gone');
    server.pass(600);
    const looked = await Promise.race([closed, server.post({ query: '{ hello }' }, { authorization: `Bearer ${made?.key}` })]);
    expect(looked).toMatchObject({ status: 500 }); // our own failure, and no verdict on the caller
    await pool.query('alter table batch.gone rename to api_key');
    expect((await server.post({ query: '{ hello }' }, { authorization: `Bearer ${made?.key}` })).status).toBe(200);
    await keys.revoke('patient follower', 'test');
    server.pass(1);
    expect(await closed).toBe(4401);
  });

  it('is not opened on the seconds that are forgiven after an expiry', async () => {
    await using server = await startWatching();
    const token = await shortLived();
    server.pass(65);
    expect((await server.post({ query: '{ hello }' }, { authorization: `Bearer ${token}` })).status).toBe(200);
    expect(await followOverSocket(server, token)).toBe(4401);
  });
});
