import { describe, expect, it } from '@jest/globals';
import { tokenRefused } from '../../src/identity/access-refused.js';
import { tokenIdentity } from '../../src/identity/token-identity.js';
import { createDashboard } from '../../src/server/dashboard/dashboard.js';
import { Visitor } from './dashboard-visitor.js';
import { startTestServer, type TestServer } from './http-fixture.js';

const KEY = 'ibk_the-only-key-there-is';
const HOUR_MS = 3_600_000;

interface DashboardServer extends TestServer {
  readonly visitor: Visitor;
  revoke(): void;
  readonly pass: (ms: number) => void;
}

/** A dashboard over no jobs, for one admin's key, with a clock of the test's own. Nothing is remembered of callers. */
async function startDashboard(): Promise<DashboardServer> {
  let [revoked, passedMs] = [false, 0];
  const clock = (): number => 1_800_000_000_000 + passedMs;
  const identity = tokenIdentity({
    readers: [],
    readKey: (token) =>
      token === KEY && !revoked
        ? Promise.resolve({ actor: 'key:kim', role: 'admin', expiresAt: Infinity })
        : Promise.reject(tokenRefused('is no API key in use')),
    clock,
    rememberMs: 0,
  });
  const server = await startTestServer({
    extraRoutes: createDashboard({
      identity,
      signIn: true,
      agenda: () => undefined,
      turnJobs: () => Promise.reject(new Error('no job store')),
      clock,
    }).routes,
  });
  return { ...server, visitor: new Visitor(server.url), revoke: () => void (revoked = true), pass: (ms) => void (passedMs += ms) };
}

async function signedIn(): Promise<DashboardServer> {
  const server = await startDashboard();
  await server.visitor.post('/dashboard/login', { token: KEY });
  return server;
}

describe('A session of the dashboard', () => {
  it('is a cookie that no script can read and no other site is sent, for one path, and over TLS only where there is TLS', async () => {
    await using server = await startDashboard();
    const plain = await server.visitor.post('/dashboard/login', { token: KEY });
    expect(plain.setCookie).toMatch(/^ibsafe_batch_dashboard=[\w-]{43}; Path=\/dashboard; HttpOnly; SameSite=Strict; Max-Age=28800$/);
    expect(plain.setCookie).not.toContain(KEY.slice(4));
    const overTls = await server.visitor.post('/dashboard/login', { token: KEY }, { 'x-forwarded-proto': 'https' });
    expect(overTls.setCookie).toMatch(/; Secure$/);
  });

  it('lasts eight hours', async () => {
    await using server = await signedIn();
    server.pass(8 * HOUR_MS - 1);
    expect((await server.visitor.get('/dashboard/')).status).toBe(200);
    server.pass(1);
    expect(await server.visitor.get('/dashboard/')).toMatchObject({ status: 303, location: '/dashboard/login' });
  });

  it('ends with the key it was opened with', async () => {
    await using server = await signedIn();
    expect((await server.visitor.get('/dashboard/')).status).toBe(200);
    server.revoke();
    expect((await server.visitor.get('/dashboard/')).status).toBe(303);
    expect((await server.visitor.call('/dashboard/api/jobs/delete', { jobIds: [] })).status).toBe(401);
  });

  it('is forgotten when it is signed out or replaced, and none can be made up', async () => {
    await using server = await signedIn();
    const { visitor } = server;
    const first = visitor.cookie;
    await visitor.post('/dashboard/login', { token: KEY });
    const second = visitor.cookie;
    expect(await visitor.post('/dashboard/logout')).toMatchObject({ status: 303, location: '/dashboard/login' });
    expect(visitor.cookie).toBe('ibsafe_batch_dashboard=');
    for (const cookie of [first, second, `ibsafe_batch_dashboard=${'A'.repeat(43)}`]) {
      visitor.cookie = cookie;
      expect((await visitor.get('/dashboard/')).status).toBe(303);
    }
  });

  it('does not open what a bad header closes', async () => {
    await using server = await signedIn();
    expect((await server.visitor.get('/dashboard/api', { authorization: 'Bearer ibk_other', accept: '*/*' })).status).toBe(401);
  });

  it('says that the job store is away, when it is', async () => {
    await using server = await signedIn();
    expect(await server.visitor.get('/dashboard/api')).toMatchObject({
      status: 503,
      text: expect.stringContaining('job store does not answer'),
    });
  });
});

describe('Pages of other sites', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this host, to which browsers send the cookie', { 'sec-fetch-site': 'same-site' }],
    ['another origin, in a browser that tells no more', { 'sec-fetch-site': undefined, origin: 'https://elsewhere.example' }],
    ['a sandboxed frame', { 'sec-fetch-site': undefined, origin: 'null' }],
  ])('cannot act for a signed-in admin: %s', async (_where, headers) => {
    await using server = await signedIn();
    const { visitor } = server;
    for (const path of ['delete', 'requeue', 'create'].map((what) => `/dashboard/api/jobs/${what}`)) {
      expect((await visitor.call(path, { jobIds: [], jobName: 'x' }, headers)).status).toBe(403);
      expect((await visitor.call(path, { jobIds: [], jobName: 'x' })).status).toBe(503); // a page of ours gets through, as far as there are jobs
    }
    expect((await visitor.post('/dashboard/login', { token: 'x' }, headers)).status).toBe(403);
    expect((await visitor.post('/dashboard/logout', {}, headers)).status).toBe(403);
    expect((await visitor.get('/dashboard/api', headers)).status).toBe(403);
    expect((await visitor.get('/dashboard/')).status).toBe(200);
  });

  it('may link to it, and may not frame it', async () => {
    await using server = await signedIn();
    const { visitor } = server;
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await visitor.get('/dashboard/', { ...navigation, 'sec-fetch-dest': 'document' })).status).toBe(200);
    expect((await visitor.get('/dashboard/', { ...navigation, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
    for (const path of ['/dashboard/', '/dashboard/login']) {
      const { policy } = await visitor.get(path);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    }
  });
});
