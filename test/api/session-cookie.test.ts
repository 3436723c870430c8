import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sessionSecretIn } from '../../src/server/session/session-cookie.js';
import { hashSessionSecret } from '../../src/identity/sessions/session-store.js';
import { makeSessionGround, type SessionGround, startSessionServer, ask, whoIs } from './session-fixture.js';
import { SECRET } from './identity-issuers.js';

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
});
afterAll(async () => {
  await ground?.[Symbol.asyncDispose]();
});

describe('Signing in with a key', () => {
  it('opens one session for GraphQL, its socket, its stream, exports’ door and the dashboard, and says who it is', async () => {
    await using server = await startSessionServer(ground);
    const { key, name } = await ground.key('admin');
    const visitor = server.visit();
    expect(await whoIs(visitor)).toEqual({ open: false, ways: ['KEY'], signedIn: null });
    expect(await ask(visitor)).toBe(401);
    expect((await visitor.call('/session', { key: ` Bearer ${key} ` })).status).toBe(200);
    expect(await whoIs(visitor)).toMatchObject({ signedIn: { actor: `key:${name}`, role: 'ADMIN', way: 'KEY' } });
    expect(await ask(visitor)).toBe(200);
    const stream = await visitor.call('/graphql/stream', { query: '{ hello }' }, { accept: 'text/event-stream' });
    expect(stream.text).toContain('hello world');
    expect((await visitor.get('/dashboard/')).status).toBe(200);
    const closed = server.follow(visitor);
    await server.feed.listened;
    await server.close(0);
    expect(await closed).toBe(1012);
  });

  it.each([
    ['plain http, as on this machine', {}, {}, /^ibsafe-batch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/],
    [
      'a proxy that says https',
      {},
      { 'x-forwarded-proto': 'https' },
      /^__Host-ibsafe-batch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/,
    ],
    ['an address that is known to be https', { CONSOLE_URL: 'https://batch.example' }, {}, /^__Host-ibsafe-batch=[\w-]{43};.*; Secure$/],
    ['limits of its own', { SESSION_HOURS: '2' }, {}, /Max-Age=7200$/],
  ])('sets a cookie that no script can read, bound to the host where there is TLS: %s', async (_, environment, headers, expected) => {
    await using server = await startSessionServer(ground, environment);
    const { key } = await ground.key();
    const { setCookie, text } = await server.visit().call('/session', { key }, headers);
    expect(setCookie).toMatch(expected);
    expect(`${setCookie}${text}`).not.toContain(key.slice(13));
  });

  it('keeps of what opens a session a hash alone', async () => {
    await using server = await startSessionServer(ground);
    const visitor = await server.signedIn((await ground.key()).key);
    const secret = visitor.cookie?.split('=')[1] ?? '';
    const { rows } = await ground.pool.query<{ row: string }>('select row_to_json(s)::text as row from batch.session s');
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).toContain(hashSessionSecret(secret).toString('hex'));
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('refuses a wrong key with 401 and no cookie, and leaves the session that there was', async () => {
    await using server = await startSessionServer(ground);
    const visitor = await server.signedIn((await ground.key()).key);
    for (const wrong of ['ibk_wrong', `ibk_aaaaaaaa_${'A'.repeat(43)}`, 'x.y.z', 'a b', '\r\nset-cookie: a=b']) {
      expect(await visitor.call('/session', { key: wrong })).toMatchObject({ status: 401, setCookie: '' });
    }
    for (const body of ['{', '[]', 'null', '{"key":1}', '{"key":""}']) expect((await visitor.call('/session', body)).status).toBe(400);
    expect(await ask(visitor)).toBe(200);
  });

  it('is for a number of tries that fail in a minute, and counts those that succeed for nothing', async () => {
    await using server = await startSessionServer(ground);
    const { key } = await ground.key();
    const tries = async (count: number, shown: string): Promise<number[]> =>
      Promise.all(Array.from({ length: count }, async () => (await server.visit().call('/session', { key: shown })).status));
    for (let round = 0; round < 3; round += 1) expect(new Set(await tries(8, key))).toEqual(new Set([200]));
    expect(await tries(10, 'ibk_wrong')).toEqual(Array.from({ length: 10 }, () => 401));
    const late = await server.visit().call('/session', { key });
    expect([late.status, late.text, late.headers['retry-after']]).toEqual([
      429,
      expect.stringContaining('TOO_MANY_SIGN_INS'),
      expect.stringMatching(/^\d+$/),
    ]);
    expect((await server.visit().call('/session', { key }, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(200); // another address behind the proxy
    server.pass(60_000);
    expect((await server.visit().call('/session', { key })).status).toBe(200);
  });

  it('is not for tokens whose time is over within the tolerance of clocks, nor for a way that is not configured any more', async () => {
    await using tokens = await startSessionServer(ground, { AUTH_JWT_SECRET: SECRET });
    const { key } = await ground.key();
    const visitor = await tokens.signedIn(key);
    await using keyless = await startSessionServer(ground, { AUTH_JWT_SECRET: SECRET, AUTH_API_KEYS: 'off' });
    const same = keyless.visit();
    same.cookie = visitor.cookie;
    expect([await ask(visitor), await ask(same)]).toEqual([200, 401]);
  });
});

describe('A session is fixed by nobody', () => {
  it('begins with a secret of its own, whatever cookie the browser brought, and ends the one that was there', async () => {
    await using server = await startSessionServer(ground);
    const { key } = await ground.key();
    const planted = `ibsafe-batch=${'A'.repeat(43)}`;
    const victim = server.visit();
    victim.cookie = planted;
    await victim.call('/session', { key });
    const first = victim.cookie;
    expect(first).not.toBe(planted);
    await victim.call('/session', { key });
    const thief = server.visit();
    for (const cookie of [planted, first]) {
      thief.cookie = cookie;
      expect(await ask(thief)).toBe(401);
    }
    expect(await ask(victim)).toBe(200);
  });

  it('takes over https the cookie that is bound to this host and no other, the one of a way to a provider as well', async () => {
    await using server = await startSessionServer(ground);
    const visitor = await server.signedIn((await ground.key()).key);
    const https = { 'sec-fetch-site': undefined, origin: 'https://batch.example', 'x-forwarded-host': 'batch.example' };
    expect(await ask(visitor, https)).toBe(401); // planted by another host of the domain, for all that is known
    visitor.cookie = `__Host-${visitor.cookie}`;
    expect(await ask(visitor, https)).toBe(200);
    const known = new URL('https://batch.example');
    const both = { cookie: 'ibsafe-batch-flow=planted; __Host-ibsafe-batch-flow=own' };
    expect(sessionSecretIn(both, known, '-flow')).toBe('own');
    expect(sessionSecretIn({ cookie: 'ibsafe-batch-flow=planted' }, known, '-flow')).toBeUndefined();
    expect(sessionSecretIn({ cookie: 'ibsafe-batch-flow=own' }, new URL('http://127.0.0.1:4000'), '-flow')).toBe('own');
    expect(sessionSecretIn({ cookie: 'ibsafe-batch=planted', 'x-forwarded-proto': 'https' })).toBeUndefined();
  });

  it('is not open to a cookie that stands there twice, nor to one of plain http beside one that is bound to the host', async () => {
    await using server = await startSessionServer(ground);
    const { key } = await ground.key();
    const own = (await server.signedIn(key)).cookie?.split('=')[1] ?? '';
    const attackers = (await server.signedIn((await ground.key()).key)).cookie ?? '';
    const visitor = server.visit();
    visitor.cookie = `${attackers}; ibsafe-batch=${own}`;
    expect(await ask(visitor)).toBe(401);
    visitor.cookie = `${attackers}; __Host-ibsafe-batch=${own}`;
    expect((await whoIs(visitor)).signedIn?.actor).not.toBe(undefined);
    const { rows } = await ground.pool.query<{ actor: string }>('select actor from batch.session where secret_hash = $1', [
      hashSessionSecret(own),
    ]);
    expect((await whoIs(visitor)).signedIn?.actor).toBe(rows[0]?.actor);
  });
});
