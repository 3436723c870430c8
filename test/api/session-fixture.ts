import { once } from 'node:events';
import type pg from 'pg';
import { WebSocket } from 'ws';
import { readConfig } from '../../src/config/config.js';
import { openPool } from '../../src/database/pool.js';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import type { SessionDesk } from '../../src/identity/sessions/session-desk.js';
import type { Role } from '../../src/identity/role.js';
import { authenticationOf } from '../../src/runtime/authentication.js';
import { openIdentity } from '../../src/runtime/open-identity.js';
import { createDashboard } from '../../src/server/dashboard/dashboard.js';
import { credentialsOf } from '../../src/server/session/credentials-of.js';
import { createSessionRoutes } from '../../src/server/session/session-routes.js';
import { createTestDatabase } from '../support/test-database.js';
import { Visitor } from './dashboard-visitor.js';
import { startTestServer, type TestServer } from './http-fixture.js';

/** A database whose keys and sessions a test file uses. */
export interface SessionGround extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly keys: ApiKeyStore;
  /** Makes a key of a name of its own. */
  readonly key: (role?: Role) => Promise<{ readonly key: string; readonly name: string }>;
}

export async function makeSessionGround(): Promise<SessionGround> {
  const database = await createTestDatabase();
  const pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
  const keys = new ApiKeyStore(pool);
  let made = 0;
  return {
    url: database.url,
    pool,
    keys,
    async key(role = 'operator') {
      const name = `key ${(made += 1)}`;
      return { name, key: (await keys.create({ name, role, createdBy: 'test' }))?.key ?? '' };
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database.drop();
    },
  };
}

/** A server at which browsers sign in, with a clock of the test's own. */
export interface SessionServer extends TestServer {
  readonly desk: SessionDesk;
  /** What signing in wrote to the log. */
  readonly noted: readonly string[];
  /** A browser of its own. */
  readonly visit: () => Visitor;
  /** A browser that has signed in with a key. */
  readonly signedIn: (key: string) => Promise<Visitor>;
  /** Moves the service's clock. */
  readonly pass: (ms: number) => void;
  /** Seconds from the moment at which the service's clock began, as claims write it. */
  readonly inSeconds: (seconds: number) => number;
  /** Subscribes with a browser's cookie. @returns the code that the socket closes with */
  readonly follow: (visitor: Visitor, headers?: Record<string, string>) => Promise<number>;
  /** Opens a socket as `follow` does, and asks for nothing. @returns the code of its refusal, or that it was let in */
  readonly knock: (visitor: Visitor, headers: Record<string, string>) => Promise<number | 'let in'>;
}

/** Starts it. What is remembered of callers is looked at anew every 10 ms. */
export async function startSessionServer({ pool }: SessionGround, environment: Record<string, string> = {}): Promise<SessionServer> {
  const startedAt = Date.now();
  let passedMs = 0;
  const clock = (): number => startedAt + passedMs;
  const config = readConfig({ AUTH_API_KEYS: 'on', ...environment });
  const { identity, desk, provider } = openIdentity(authenticationOf(config), { pool, clock, rememberMs: 10 });
  if (desk === undefined) throw new Error('nobody signs in here');
  const publicUrl = config.CONSOLE_URL === undefined ? undefined : new URL(config.CONSOLE_URL);
  const appOrigins = new Set(config.CONSOLE_APP_ORIGINS?.split(','));
  const lines: string[] = [];
  const note = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const sessions = createSessionRoutes({ desk, identity, publicUrl, provider, appOrigins, logger: { info: note, warn: note }, clock });
  const dashboard = createDashboard({
    identity,
    front: sessions.front,
    agenda: () => undefined,
    turnJobs: () => Promise.reject(new Error('no job store')),
  });
  const server = await startTestServer({
    contextFor: async (request) => {
      await identity.identify(credentialsOf(request));
      return { requestId: request.requestId, transport: request.transport, copy: 0 };
    },
    watchCaller: (request, onRefused) => identity.watch(credentialsOf(request), onRefused),
    session: sessions.handle,
    extraRoutes: dashboard.routes,
  });
  const visit = (): Visitor => new Visitor(server.url);
  return {
    ...server,
    desk,
    noted: lines,
    visit,
    async signedIn(key) {
      const visitor = visit();
      const { status } = await visitor.call('/session', { key });
      if (status !== 200) throw new Error(`signing in was answered ${status}`);
      return visitor;
    },
    pass: (ms) => void (passedMs += ms),
    inSeconds: (seconds) => Math.floor(startedAt / 1_000) + seconds,
    async follow(visitor, headers = { origin: server.url }) {
      const { socket, closed } = await openSocket(server.url, visitor, headers);
      if (socket.readyState === WebSocket.OPEN)
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { feed }' } }));
      return closed;
    },
    async knock(visitor, headers) {
      const { socket, closed, first } = await openSocket(server.url, visitor, headers);
      if (first === 'closed') return closed;
      socket.terminate();
      return 'let in';
    },
  };
}

interface OpenSocket {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  /** What came first after the connection was asked for. */
  readonly first: 'message' | 'closed';
}

async function openSocket(url: string, { cookie = '' }: Visitor, headers: Record<string, string>): Promise<OpenSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers: { cookie, ...headers } });
  const closed = once(socket, 'close').then(([code]) => code as number);
  closed.catch(() => undefined); // a socket that is refused rejects the next line, and this one beside it
  await once(socket, 'open');
  const first = Promise.race([once(socket, 'message').then(() => 'message' as const), closed.then(() => 'closed' as const)]);
  socket.send(JSON.stringify({ type: 'connection_init', payload: {} }));
  return { socket, closed, first: await first };
}

/** What a browser's page is told of its session. */
export async function whoIs(
  visitor: Visitor,
): Promise<{ open: boolean; ways: string[]; signedIn: { actor: string; role: string; way: string; until: string } | null }> {
  const { text } = await visitor.send('/session', { method: 'GET', headers: { 'sec-fetch-site': 'same-origin' } });
  return JSON.parse(text) as Awaited<ReturnType<typeof whoIs>>;
}

/** Asks a query as a page of ours does. @returns the status */
export async function ask(visitor: Visitor, headers: Record<string, string | undefined> = {}): Promise<number> {
  return (await visitor.call('/graphql', { query: '{ hello }' }, headers)).status;
}
