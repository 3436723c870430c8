import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flowOfSecret } from '../../src/identity/oidc/oidc-provider.js';
import { SignInLimits, TRIES_AT_A_PROVIDER, TRIES_IN_A_CROWD } from '../../src/identity/sessions/sign-in-limits.js';
import { RefusalsTold } from '../../src/server/session/refusals-told.js';
import { makeSessionGround, startSessionServer, type SessionGround, type SessionServer } from './session-fixture.js';

const PROVIDER = {
  CONSOLE_URL: 'http://127.0.0.1:4000',
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_CLIENT_ID: 'batch',
  OIDC_CLIENT_SECRET: 'a secret of the client',
  OIDC_ROLES: 'night=operator',
};

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
});
afterAll(async () => ground[Symbol.asyncDispose]());

function madeUp(count: number): string[] {
  return Array.from({ length: count }, (_, each) => `198.51.${each >> 8}.${each & 255}`);
}

const FLOW = 'a'.repeat(43);

/** Comes back from a provider that is away, with the cookie of a way that was begun. @returns the code that the console is led to */
async function comeBack(
  server: SessionServer,
  address?: string,
  state = `state=${flowOfSecret(FLOW)?.state}`,
): Promise<string | undefined> {
  const headers = { cookie: `ibsafe-batch-flow=${FLOW}.`, ...(address !== undefined && { 'x-forwarded-for': address }) };
  const { headers: answered } = await fetch(`${server.url}/session/oidc/return?code=x&${state}`, { redirect: 'manual', headers });
  return answered.get('location')?.split('=').at(-1);
}

describe('a crowd of strangers at the door', () => {
  it('keeps no caller with a key out, whatever addresses a stranger makes up', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    const { key } = await ground.key();
    for (const address of madeUp(TRIES_AT_A_PROVIDER + 20))
      expect((await server.visit().call('/session', { key: 'ibk_wrong' }, { 'x-forwarded-for': address })).status).toBe(401);
    expect((await server.visit().call('/session', { key })).status).toBe(200);
  });

  it('keeps no caller with a key out by coming back from a provider', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    const { key } = await ground.key();
    for (const address of madeUp(12)) await comeBack(server, address);
    for (let time = 0; time < 12; time += 1) await comeBack(server);
    expect((await server.visit().call('/session', { key })).status).toBe(200);
  });

  it('keeps no one out who comes back from a provider, whatever addresses it makes up', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    for (const address of madeUp(TRIES_AT_A_PROVIDER + 20)) expect(await comeBack(server, address)).toBe('PROVIDER_AWAY');
    const late = Array.from({ length: TRIES_IN_A_CROWD + 1 }, () => '192.0.2.7');
    const told: unknown[] = [];
    for (const address of late) told.push(await comeBack(server, address));
    expect(told).toEqual([...late.slice(1).map(() => 'PROVIDER_AWAY'), 'TOO_MANY_SIGN_INS']);
  });

  it('counts one network of IPv6 as one address', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    const network = Array.from({ length: 10 }, (_, each) => `2001:db8:0:7:${each}::${each}`);
    for (const address of network) expect(await comeBack(server, address)).toBe('PROVIDER_AWAY');
    expect(await comeBack(server, '2001:db8::7:aa:bb:cc:dd')).toBe('TOO_MANY_SIGN_INS');
    for (const other of ['2001:db8:0:8::1', '2001:db8::', '::ffff:192.0.2.9', 'unknown'])
      expect([other, await comeBack(server, other)]).toEqual([other, 'PROVIDER_AWAY']);
  });

  it('counts no return against an address that its browser did not begin', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    for (let time = 0; time < 12; time += 1) expect(await comeBack(server, '192.0.2.8', 'state=of-another-page')).toBe('SIGN_IN_INVALID');
    expect(await comeBack(server, '192.0.2.8', '')).toBe('SIGN_IN_INVALID');
    expect(await comeBack(server, '192.0.2.8')).toBe('PROVIDER_AWAY');
  });

  it.each([
    ['with wrong keys', '/session', 'POST'],
    ['back from a provider, without its cookie', '/session/oidc/return?code=x', 'GET'],
  ])('cannot fill the log, %s', async (_how, path, method) => {
    await using server = await startSessionServer(ground, PROVIDER);
    const before = server.noted.length;
    for (const address of madeUp(60)) {
      const headers = { 'x-forwarded-for': address, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
      await fetch(server.url + path, { method, redirect: 'manual', headers, ...(method === 'POST' && { body: '{"key":"ibk_wrong"}' }) });
    }
    const told = server.noted.slice(before);
    expect(told).toHaveLength(30);
    expect(told.filter((line) => line.includes('stack'))).toEqual([]);
  });
});

describe('a page that signs in with another type of body', () => {
  it('is told of the body, and of no operation', async () => {
    await using server = await startSessionServer(ground, PROVIDER);
    const { status, text } = await server.visit().call('/session', '{}', { 'content-type': 'text/plain' });
    expect([status, text]).toEqual([415, expect.stringContaining('Send the body as content-type: application/json')]);
  });
});

describe('limits of tries', () => {
  it('are fewer for each address after a crowd used up those of all, where another system is asked, and never none', () => {
    const limits = new SignInLimits(() => 0, TRIES_AT_A_PROVIDER);
    const refused = (address: string): boolean => 'waitS' in limits.begin(address);
    expect(madeUp(TRIES_AT_A_PROVIDER + 50).filter(refused)).toEqual([]);
    const late = Array.from({ length: 10 }, () => refused('192.0.2.7'));
    expect(late.indexOf(true)).toBe(TRIES_IN_A_CROWD);
  });

  it('are of a bounded number of addresses, and the next one is let in', () => {
    const limits = new SignInLimits(() => 0);
    for (let each = 0; each < 50_000; each += 1) limits.begin(`made up ${each}`);
    const late = Array.from({ length: 20 }, () => 'waitS' in limits.begin('somebody'));
    expect(new Set(late)).toEqual(new Set([false]));
  });
});

describe('refusals in the log', () => {
  it('are told one by one at first, then by their number, and one by one again a minute later', () => {
    const lines: string[] = [];
    let now = 0;
    const told = new RefusalsTold({ warn: (fields, message) => void lines.push(`${message} ${JSON.stringify(fields)}`) }, () => now);
    for (let each = 0; each < 100; each += 1) told.tell({ each }, 'refused');
    expect(lines).toHaveLength(30);
    now = 60_000;
    told.tell({ each: 'late' }, 'refused');
    expect(lines.slice(30)).toEqual([expect.stringContaining('{"count":70}'), 'refused {"each":"late"}']);
  });
});
