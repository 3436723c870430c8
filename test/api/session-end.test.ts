import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSession, type SessionReading } from '../../src/identity/sessions/session-reader.js';
import { ask, makeSessionGround, type SessionGround, startSessionServer, whoIs } from './session-fixture.js';
import { SECRET, signHs256 } from './identity-issuers.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (ms: number): Date => new Date(ms);

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
});
afterAll(async () => {
  await ground?.[Symbol.asyncDispose]();
});

describe('A session', () => {
  it('is renewed by each use, ends without, and ends for all use at its limit', async () => {
    await using server = await startSessionServer(ground, { SESSION_IDLE_MINUTES: '60', SESSION_HOURS: '3' });
    const visitor = await server.signedIn((await ground.key()).key);
    for (const passed of [59, 59, 59]) {
      server.pass(passed * MINUTE);
      expect(await ask(visitor)).toBe(200);
    }
    server.pass(3 * MINUTE); // three hours since it was opened
    expect(await ask(visitor)).toBe(401);
    const idle = await server.signedIn((await ground.key()).key);
    server.pass(HOUR);
    expect(await ask(idle)).toBe(401);
    expect((await whoIs(idle)).signedIn).toBeNull();
  });

  it('closes its subscriptions with 4401 when it expires, and is not renewed by an open one', async () => {
    await using server = await startSessionServer(ground, { SESSION_IDLE_MINUTES: '60' });
    const visitor = await server.signedIn((await ground.key()).key);
    const closed = server.follow(visitor);
    await server.feed.listened;
    server.pass(HOUR);
    expect(await closed).toBe(4401);
  });

  it('is renewed by requests and not by a look after an open connection, and lets in where the renewal cannot be written', async () => {
    const renewals: number[] = [];
    const found = { id: 'a', actor: 'oidc:kim', way: 'OIDC', role: 'viewer', userId: null, signedInAt: at(0), seenAt: at(0) } as const;
    const row = { ...found, idleUntil: at(HOUR), endsAt: at(24 * HOUR), endedAt: null, endedBy: null };
    const renew = (_id: string, now: Date): Promise<Date> => {
      renewals.push(now.getTime());
      return renewals.length > 1 ? Promise.reject(new Error('read-only')) : Promise.resolve(at(now.getTime() + HOUR));
    };
    const reading = (now: number): SessionReading => ({
      store: { find: () => Promise.resolve(row), renew },
      ways: new Set(['OIDC']),
      findAccount: () => Promise.reject(new Error('nobody asks')),
      clock: () => now,
    });
    const secret = 'A'.repeat(43);
    expect((await readSession(secret, false, reading(MINUTE))).expiresAt).toBe(HOUR);
    expect((await readSession(secret, true, reading(MINUTE - 1))).expiresAt).toBe(HOUR);
    expect((await readSession(secret, true, reading(MINUTE))).expiresAt).toBe(HOUR + MINUTE);
    expect((await readSession(secret, true, reading(2 * MINUTE))).expiresAt).toBe(HOUR);
    expect(renewals).toEqual([MINUTE, 2 * MINUTE]);
    await expect(readSession(secret, true, reading(HOUR))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(readSession('short', true, reading(0))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('keeps its subscription open past the first limit when it is used meanwhile', async () => {
    await using server = await startSessionServer(ground, { SESSION_IDLE_MINUTES: '60' });
    const visitor = await server.signedIn((await ground.key()).key);
    const closed = server.follow(visitor);
    await server.feed.listened;
    server.pass(40 * MINUTE);
    expect(await ask(visitor)).toBe(200);
    server.pass(40 * MINUTE);
    const first = await Promise.race([closed, ask(visitor)]);
    expect(first).toBe(200);
    server.pass(HOUR);
    expect(await closed).toBe(4401);
  });

  it('ends with the token it was opened with, to the millisecond', async () => {
    await using server = await startSessionServer(ground, { AUTH_JWT_SECRET: SECRET });
    const visitor = await server.signedIn(await signHs256({ sub: 'kim', batch_role: 'viewer', exp: server.inSeconds(600) }));
    expect(await whoIs(visitor)).toMatchObject({ signedIn: { actor: 'token:kim', role: 'VIEWER', way: 'TOKEN' } });
    const closed = server.follow(visitor);
    await server.feed.listened;
    server.pass(10 * MINUTE);
    expect(await closed).toBe(4401);
    expect(await ask(visitor)).toBe(401);
    const late = await server
      .visit()
      .call('/session', { key: await signHs256({ sub: 'kim', batch_role: 'viewer', exp: server.inSeconds(590) }) });
    expect(late).toMatchObject({ status: 401, setCookie: '' });
  });

  it('ends with the key it was opened with, and its subscriptions with it', async () => {
    await using server = await startSessionServer(ground);
    const { key, name } = await ground.key();
    const visitor = await server.signedIn(key);
    const closed = server.follow(visitor);
    await server.feed.listened;
    await ground.keys.revoke(name, 'test');
    server.pass(10);
    expect(await closed).toBe(4401);
    expect(await ask(visitor)).toBe(401);
  });

  it('ends when it is signed out: at once for requests, and for an open subscription', async () => {
    await using server = await startSessionServer(ground);
    const { key, name } = await ground.key('admin');
    const visitor = await server.signedIn(key);
    const stolen = server.visit();
    stolen.cookie = visitor.cookie;
    const closed = server.follow(visitor);
    await server.feed.listened;
    expect(await ask(stolen)).toBe(200);
    expect(await visitor.delete('/session')).toMatchObject({
      status: 200,
      setCookie: 'ibsafe-batch=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    });
    expect(visitor.cookie).toBe('');
    expect(await ask(stolen)).toBe(401); // no millisecond has passed on the service's clock
    server.pass(10);
    expect(await closed).toBe(4401);
    const { rows } = await ground.pool.query('select ended_by from batch.session where actor = $1', [`key:${name}`]);
    expect(rows).toEqual([{ ended_by: `key:${name}` }]);
    expect((await visitor.delete('/session')).status).toBe(200); // twice is once
  });

  it('ends everywhere at once, and for nobody else', async () => {
    await using server = await startSessionServer(ground);
    const { key, name } = await ground.key();
    const [desk, phone, other] = [await server.signedIn(key), await server.signedIn(key), await server.signedIn((await ground.key()).key)];
    const closed = server.follow(phone);
    await server.feed.listened;
    expect(await server.desk.revokeAll(`key:${name}`, `key:${name}`)).toBe(2);
    expect([await ask(desk), await ask(phone), await ask(other)]).toEqual([401, 401, 200]);
    server.pass(10);
    expect(await closed).toBe(4401);
  });

  it('is ended in another process within the seconds that a caller is remembered', async () => {
    await using one = await startSessionServer(ground);
    await using two = await startSessionServer(ground);
    const visitor = await one.signedIn((await ground.key()).key);
    const there = two.visit();
    there.cookie = visitor.cookie;
    expect(await ask(there)).toBe(200);
    await visitor.delete('/session');
    two.pass(10); // what it remembers, here
    expect(await ask(there)).toBe(401);
  });

  it('says nothing of the caller while the database is away', async () => {
    await using server = await startSessionServer(ground);
    const visitor = await server.signedIn((await ground.key()).key);
    const closed = server.follow(visitor);
    await server.feed.listened;
    await ground.pool.query('alter table batch.session rename to gone');
    server.pass(10);
    expect(await Promise.race([closed, ask(visitor)])).toBe(500);
    await ground.pool.query('alter table batch.gone rename to session');
    expect(await ask(visitor)).toBe(200);
  });

  it('of an actor gives way when there are more than fifty, the one that was used longest ago first', async () => {
    await using server = await startSessionServer(ground);
    const { key, name } = await ground.key();
    const first = await server.signedIn(key);
    server.pass(1);
    const second = await server.signedIn(key);
    for (let more = 0; more < 49; more += 1) {
      server.pass(1);
      await server.signedIn(key);
    }
    server.pass(10);
    expect([await ask(first), await ask(second)]).toEqual([401, 200]);
    expect((await server.desk.list({ actor: `key:${name}`, live: true }, { first: 100 })).rows).toHaveLength(50);
  });
});
