import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Visitor } from './dashboard-visitor.js';
import { ask, makeSessionGround, type SessionGround, type SessionServer, startSessionServer } from './session-fixture.js';

const HOUR_MS = 3_600_000;

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
});
afterAll(async () => {
  await ground?.[Symbol.asyncDispose]();
});

interface Open extends AsyncDisposable {
  readonly server: SessionServer;
  readonly visitor: Visitor;
  readonly key: string;
  readonly name: string;
}

/** An admin who signed in on the dashboard's own page. */
async function signedIn(): Promise<Open> {
  const server = await startSessionServer(ground);
  const visitor = server.visit();
  const { key, name } = await ground.key('admin');
  expect(await visitor.post('/dashboard/login', { token: ` Bearer ${key} ` })).toMatchObject({ status: 303, location: '/dashboard/' });
  return { server, visitor, key, name, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('The dashboard', () => {
  it('has the same session as the console, whichever of them was signed in on', async () => {
    await using open = await signedIn();
    expect(await ask(open.visitor)).toBe(200);
    const other = await open.server.signedIn(open.key);
    expect((await other.get('/dashboard/')).status).toBe(200);
    expect(await other.post('/dashboard/logout')).toMatchObject({ status: 303, location: '/dashboard/login' });
    expect([await ask(other), await ask(open.visitor)]).toEqual([401, 200]);
  });

  it('is for admins: who shows less on its page is not signed in, and who has signed in elsewhere is told so', async () => {
    await using server = await startSessionServer(ground);
    const visitor = server.visit();
    const { key } = await ground.key('operator');
    const { status, text, setCookie } = await visitor.post('/dashboard/login', { token: key });
    expect([status, text, setCookie]).toEqual([403, expect.stringContaining('you have the role operator'), '']);
    expect((await (await server.signedIn(key)).get('/dashboard/')).status).toBe(403);
  });

  it('sends who is not signed in to its page for that, and who is no browser a status', async () => {
    await using open = await signedIn();
    expect((await open.visitor.get('/dashboard/')).status).toBe(200);
    open.server.pass(8 * HOUR_MS);
    expect(await open.visitor.get('/dashboard/')).toMatchObject({ status: 303, location: '/dashboard/login' });
    expect((await open.visitor.call('/dashboard/api/jobs/delete', { jobIds: [] })).status).toBe(401);
  });

  it('is closed with the key that it was opened with', async () => {
    await using open = await signedIn();
    await ground.keys.revoke(open.name, 'test');
    open.server.pass(10);
    expect((await open.visitor.get('/dashboard/')).status).toBe(303);
  });

  it('does not open what a bad header closes', async () => {
    await using open = await signedIn();
    expect((await open.visitor.get('/dashboard/api', { authorization: 'Bearer ibk_other', accept: '*/*' })).status).toBe(401);
  });

  it('says that the job store is away, when it is', async () => {
    await using open = await signedIn();
    expect(await open.visitor.get('/dashboard/api')).toMatchObject({
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
    await using open = await signedIn();
    const { visitor } = open;
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
    await using open = await signedIn();
    const { visitor } = open;
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
