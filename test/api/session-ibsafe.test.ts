import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { authenticationOf } from '../../src/runtime/authentication.js';
import { IBSAFE_SECRET, ibsafeClaims, inSeconds, signHs256 } from './identity-issuers.js';
import { ask, makeSessionGround, type SessionGround, startSessionServer, whoIs } from './session-fixture.js';

const APP = 'https://app.ibsafe.example';
const SETTINGS = { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET, CONSOLE_APP_ORIGINS: `${APP},http://localhost:3000` };
const HOUR = 3_600_000;
/** What a browser says of a form of the app's page. */
const FROM_APP = { origin: APP, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
  await ground.pool
    .query(`insert into public.auth_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
    values (1, 'a', '', '', '', '', true, true, true, now()), (2, 'b', '', '', '', '', false, true, true, now()), (3, 'c', '', '', '', '', false, false, true, now()),
    (4, 'd', '', '', '', '', false, true, false, now()), (5, 'e', '', '', '', '', false, true, true, now())`);
});
afterAll(async () => {
  await ground?.[Symbol.asyncDispose]();
});

const tokenOf = (userId: number, more: object = {}): Promise<string> => signHs256({ ...ibsafeClaims(userId), ...more }, IBSAFE_SECRET);

describe('A page of IBSafe’s app', () => {
  it('hands over the token of a member of the staff in a form, and leads to the page that it names', async () => {
    await using server = await startSessionServer(ground, SETTINGS);
    const visitor = server.visit();
    const form = { token: await tokenOf(2), returnTo: '/console/runs?status=FAILED' };
    const { status, location, headers } = await visitor.post('/session/ibsafe', form, FROM_APP);
    expect([status, location, headers['cache-control']]).toEqual([303, '/console/runs?status=FAILED', 'no-store']);
    expect(await whoIs(visitor)).toMatchObject({ signedIn: { actor: 'ibsafe:2', role: 'OPERATOR', way: 'IBSAFE' } });
    const boss = server.visit();
    await boss.post('/session/ibsafe', { token: await tokenOf(1), returnTo: '//elsewhere.example' }, FROM_APP);
    expect(await whoIs(boss)).toMatchObject({ signedIn: { actor: 'ibsafe:1', role: 'ADMIN' } });
  });

  it('hands it over by its script as well, which asks first and may read the answer', async () => {
    await using server = await startSessionServer(ground, SETTINGS);
    const visitor = server.visit();
    const asked = { origin: APP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const first = await visitor.send('/session/ibsafe', { method: 'OPTIONS', headers: asked });
    expect([first.status, first.headers['access-control-allow-origin'], first.headers['access-control-allow-headers']]).toEqual([
      204,
      APP,
      'content-type',
    ]);
    const headers = { origin: APP, 'sec-fetch-site': 'same-site' };
    const given = await visitor.call('/session/ibsafe', { token: await tokenOf(2) }, headers);
    expect([given.status, given.headers['access-control-allow-origin'], given.headers['access-control-allow-credentials']]).toEqual([
      200,
      APP,
      'true',
    ]);
    expect(await ask(visitor)).toBe(200);
    const refused = await server.visit().call('/session/ibsafe', { token: 'x.y.z' }, headers);
    expect([refused.status, refused.setCookie, refused.headers['access-control-allow-origin']]).toEqual([401, '', APP]);
  });

  it.each([
    ['another origin', 'https://elsewhere.example'],
    ['a host that ends like the app’s', 'https://evil-app.ibsafe.example'],
    ['a host below the app’s', 'https://x.app.ibsafe.example'],
    ['another port', 'https://app.ibsafe.example:8443'],
    ['plain http', 'http://app.ibsafe.example'],
    ['another way to write it', 'HTTPS://APP.IBSAFE.EXAMPLE'],
    ['a sandboxed frame', 'null'],
    ['all of the list at once', SETTINGS.CONSOLE_APP_ORIGINS],
    ['no origin at all', undefined],
  ])('is refused from %s, whatever token it has', async (_, origin) => {
    await using server = await startSessionServer(ground, SETTINGS);
    const visitor = server.visit();
    const form = { token: await tokenOf(1) };
    for (const site of ['cross-site', 'same-origin', undefined]) {
      expect(await visitor.post('/session/ibsafe', form, { ...FROM_APP, origin, 'sec-fetch-site': site })).toMatchObject({
        status: 403,
        setCookie: '',
      });
      expect(await visitor.call('/session/ibsafe', form, { origin, 'sec-fetch-site': site })).toMatchObject({ status: 403, setCookie: '' });
    }
    const asked = await visitor.send('/session/ibsafe', { method: 'OPTIONS', headers: { origin } });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });

  it('has no such way where no origin is configured, and nothing is taken from an address', async () => {
    await using closed = await startSessionServer(ground, { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET });
    expect((await closed.visit().post('/session/ibsafe', { token: await tokenOf(1) }, FROM_APP)).status).toBe(404);
    await using server = await startSessionServer(ground, SETTINGS);
    const visitor = server.visit();
    expect((await visitor.send(`/session/ibsafe?token=${await tokenOf(1)}`, { method: 'GET', headers: FROM_APP })).status).toBe(405);
    const { location, setCookie } = await visitor.post(`/session/ibsafe?token=${await tokenOf(1)}`, {}, FROM_APP);
    expect([location, setCookie]).toEqual(['/console#sign-in=UNAUTHENTICATED', '']);
  });

  it.each([
    ['a patient', () => tokenOf(3), 'FORBIDDEN'],
    ['a closed account', () => tokenOf(4), 'UNAUTHENTICATED'],
    ['an account that is none', () => tokenOf(99), 'UNAUTHENTICATED'],
    ['a token that has expired', () => tokenOf(1, { exp: inSeconds(-60) }), 'UNAUTHENTICATED'],
    ['a token to refresh others with', () => tokenOf(1, { token_type: 'refresh' }), 'UNAUTHENTICATED'],
    ['a token that another secret signed', () => signHs256(ibsafeClaims(1)), 'UNAUTHENTICATED'],
    ['nothing', () => Promise.resolve(''), 'UNAUTHENTICATED'],
  ])('is told in the console that it was not let in: %s', async (_, token, code) => {
    await using server = await startSessionServer(ground, SETTINGS);
    const answer = await server.visit().post('/session/ibsafe', { token: await token(), returnTo: '/console/runs' }, FROM_APP);
    expect(answer).toMatchObject({ status: 303, location: `/console/runs#sign-in=${code}`, setCookie: '' });
  });

  it('cannot hand over a key', async () => {
    await using server = await startSessionServer(ground, SETTINGS);
    const answer = await server.visit().post('/session/ibsafe', { token: (await ground.key('admin')).key }, FROM_APP);
    expect(answer).toMatchObject({ location: '/console#sign-in=UNAUTHENTICATED', setCookie: '' });
  });
});

describe('A session of IBSafe’s staff', () => {
  it('outlives its token by eight hours at most', async () => {
    await using server = await startSessionServer(ground, { ...SETTINGS, SESSION_IDLE_MINUTES: '1440', SESSION_HOURS: '48' });
    const visitor = server.visit();
    await visitor.post('/session/ibsafe', { token: await tokenOf(2, { exp: server.inSeconds(3_600) }) }, FROM_APP);
    server.pass(9 * HOUR - 2_000);
    expect(await ask(visitor)).toBe(200);
    server.pass(2_000);
    expect(await ask(visitor)).toBe(401);
  });

  it.each([
    ['is closed', 'update public.auth_user set is_active = false where id = $1'],
    ['is deleted', 'delete from public.auth_user where id = $1'],
  ])('ends when the account %s, and its subscriptions with it', async (_, change) => {
    await using server = await startSessionServer(ground, SETTINGS);
    await ground.pool
      .query(`insert into public.auth_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
      values (6, 'f', '', '', '', '', false, true, true, now()) on conflict (id) do update set is_active = true`);
    const visitor = server.visit();
    await visitor.post('/session/ibsafe', { token: await tokenOf(6) }, FROM_APP);
    const closed = server.follow(visitor);
    await server.feed.listened;
    await ground.pool.query(change, [6]);
    server.pass(10);
    expect(await closed).toBe(4401);
    expect(await ask(visitor)).toBe(401);
  });

  it('has the role that the account has by now, and none when it is no staff any more', async () => {
    await using server = await startSessionServer(ground, SETTINGS);
    const visitor = server.visit();
    await visitor.post('/session/ibsafe', { token: await tokenOf(5) }, FROM_APP);
    await ground.pool.query('update public.auth_user set is_superuser = true where id = 5');
    server.pass(10);
    expect((await whoIs(visitor)).signedIn?.role).toBe('ADMIN');
    await ground.pool.query('update public.auth_user set is_superuser = false, is_staff = false where id = 5');
    server.pass(10);
    expect(await ask(visitor)).toBe(403);
  });
});

describe('The settings of signing in', () => {
  const OIDC = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'batch', OIDC_ROLES: 'a=admin', CONSOLE_URL: 'https://batch.example' };
  it.each([
    [{ ...SETTINGS, CONSOLE_APP_ORIGINS: 'https://app.example/' }, /CONSOLE_APP_ORIGINS: expected origins/],
    [{ ...SETTINGS, CONSOLE_APP_ORIGINS: 'https://app.example, https://b.example' }, /CONSOLE_APP_ORIGINS: expected origins/],
    [{ ...SETTINGS, CONSOLE_APP_ORIGINS: 'http://app.example' }, /CONSOLE_APP_ORIGINS: expected origins/],
    [{ ...SETTINGS, CONSOLE_APP_ORIGINS: '*' }, /CONSOLE_APP_ORIGINS: expected origins/],
    [{ AUTH_API_KEYS: 'on', CONSOLE_APP_ORIGINS: APP }, /CONSOLE_APP_ORIGINS: of no use/],
    [{ CONSOLE_URL: 'http://batch.example' }, /CONSOLE_URL: expected/],
    [{ CONSOLE_URL: 'https://batch.example/console' }, /CONSOLE_URL: expected/],
    [{ ...OIDC, OIDC_ISSUER: 'http://sso.example' }, /OIDC_ISSUER: expected/],
    [{ ...OIDC, OIDC_ROLES: 'a=root' }, /OIDC_ROLES: expected/],
    [{ ...OIDC, OIDC_ROLES: '' }, /OIDC_ROLES: needed with OIDC_ISSUER/],
    [{ ...OIDC, OIDC_CLIENT_ID: '' }, /OIDC_CLIENT_ID: needed with OIDC_ISSUER/],
    [{ ...OIDC, CONSOLE_URL: '' }, /CONSOLE_URL: needed with OIDC_ISSUER/],
    [{ ...OIDC, OIDC_SCOPES: 'profile' }, /OIDC_SCOPES: expected/],
    [{ AUTH_API_KEYS: 'on', OIDC_ROLES: 'a=admin' }, /OIDC_ROLES: of no use without OIDC_ISSUER/],
    [{ ...OIDC, OIDC_ISUER: 'x' }, /OIDC_ISUER: no such variable/],
  ])('are refused by name: %j', (environment, problem) => {
    expect(() => authenticationOf(readConfig(environment))).toThrow(problem);
  });

  it('are enough for a service in production with a provider alone', () => {
    expect(authenticationOf(readConfig({ ...OIDC, NODE_ENV: 'production', HOST: '0.0.0.0' }))).toMatchObject({
      kind: 'tokens',
      apiKeys: true,
    });
  });
});
