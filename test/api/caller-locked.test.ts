import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { openPool } from '../../src/database/pool.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { IBSAFE_SECRET, ibsafeClaims, signHs256 } from './identity-issuers.js';
import { MEDIA } from '../../src/server/http/exchange.js';
import { closing, messages, outcome, rawSocket, say, subscribe } from './http-sockets.js';
import { makeSessionGround, startSessionServer, type SessionGround, type SessionServer } from './session-fixture.js';

const APP = 'https://app.ibsafe.example';
/** An account of IBSafe's staff. */
const STAFF = 1;

let ground: SessionGround;
let impatient: pg.Pool;
let server: SessionServer;
let key: string;
let release: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  ground = await makeSessionGround();
  await ground.pool
    .query(`insert into public.auth_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
    values (${STAFF}, 'a', '', '', '', '', true, true, true, now())`);
  impatient = openPool({ url: ground.url, max: 4, name: 'test', lockMs: 30, onError: () => undefined });
  server = await startSessionServer({ ...ground, pool: impatient });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await impatient?.end();
  await ground?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  ({ key } = await ground.key('admin'));
});
afterEach(() => release());

/** Another session locks what callers are identified by. */
async function lock(): Promise<void> {
  const client = await ground.pool.connect();
  await client.query(`${BEGIN_HELD}; lock table batch.api_key, batch.session in access exclusive mode`);
  release = async () => {
    release = () => Promise.resolve();
    await client.query('commit');
    client.release();
  };
}

/** What was logged as a fault of ours. */
const faults = (): unknown[] => server.logged.filter(({ message }) => message === 'unexpected error');
const LOCKED = {
  message: expect.stringMatching(/^The database is locked: another session .* doctor" names the session\./),
  extensions: { code: 'DATABASE_LOCKED' },
};
const bearer = (): Record<string, string> => ({ authorization: `Bearer ${key}` });

describe('A caller who cannot be identified because another session holds the table of keys', () => {
  it.each([
    ['GraphQL', '/graphql', 'application/json'],
    ['a stream of events', '/graphql/stream', 'text/event-stream'],
  ])('is told so by %s, with 503, in the language of the request', async (_name, path, accept) => {
    await lock();
    const ask = async (language: string): Promise<unknown[]> => {
      const headers = { ...bearer(), accept, 'content-type': 'application/json', 'accept-language': language };
      const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: '{"query":"{ hello }"}' });
      return [response.status, await response.json()];
    };
    expect(await ask('en')).toEqual([503, { errors: [LOCKED] }]);
    expect(await ask('ko')).toEqual([503, { errors: [{ ...LOCKED, message: expect.stringMatching(/^데이터베이스가 잠겨 있습니다\./) }] }]);
    expect(faults()).toEqual([]);
  });

  it('is asked by a WebSocket to come back later, and told why', async () => {
    await lock();
    const socket = await rawSocket(server);
    const closed = closing(socket);
    say(socket, { type: 'connection_init', payload: bearer() });
    expect(await closed).toEqual([1013, 'The database is locked by another session: come back later']);
    expect(faults()).toEqual([]);
  });

  it('is told so by an operation of a WebSocket that is open, which lives on', async () => {
    const socket = await rawSocket(server);
    const known = messages(socket, 1);
    say(socket, { type: 'connection_init', payload: bearer() });
    expect(await known).toEqual([expect.objectContaining({ type: 'connection_ack' })]);
    await lock();
    server.pass(1_000); // who it is is not remembered any more
    const refused = outcome(socket, '1');
    subscribe(socket, '1', '{ hello }');
    expect(await refused).toEqual([{ id: '1', type: 'error', payload: [LOCKED] }]);
    await release();
    const answered = outcome(socket, '2');
    subscribe(socket, '2', '{ hello }');
    expect(await answered).toContainEqual({ id: '2', type: 'next', payload: { data: { hello: 'hello world' } } });
    expect(faults()).toEqual([]);
    socket.terminate();
  });

  it('is told so where a browser signs in, asks who it is, or opens the dashboard', async () => {
    await lock();
    const visitor = server.visit();
    const json = { errors: [LOCKED] };
    const signIn = await visitor.call('/session', { key });
    expect([signIn.status, JSON.parse(signIn.text)]).toEqual([503, json]);
    const whoAmI = await visitor.get('/session', { ...bearer(), accept: '*/*', 'sec-fetch-site': 'same-origin' });
    expect([whoAmI.status, JSON.parse(whoAmI.text)]).toEqual([503, json]);
    for (const page of [await visitor.get('/dashboard/', bearer()), await visitor.post('/dashboard/login', { token: key })]) {
      expect([page.status, page.text]).toEqual([503, expect.stringContaining('The database is locked')]);
    }
    expect(faults()).toEqual([]);
  });

  it.each([
    ['en', /The database is locked: another session/],
    ['ko', /데이터베이스가 잠겨 있습니다\./],
  ])('is told so by a page, where a form of the app led a browser here: %s', async (language, words) => {
    const settings = { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET, CONSOLE_APP_ORIGINS: APP };
    await using signing = await startSessionServer({ ...ground, pool: impatient }, settings);
    const form = { token: await signHs256(ibsafeClaims(STAFF), IBSAFE_SECRET), returnTo: '/console' };
    const fromApp = { origin: APP, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'accept-language': language };
    await lock();
    const { status, headers, text, setCookie } = await signing.visit().post('/session/ibsafe', form, fromApp);
    expect([status, headers['content-type'], headers['cache-control'], setCookie]).toEqual([503, MEDIA.html, 'no-store', '']);
    expect(text).toMatch(words);
    expect(text).toContain('<a href="/">');
    const script = await signing.visit().call('/session/ibsafe', { token: form.token }, { origin: APP });
    expect([script.status, JSON.parse(script.text)]).toEqual([503, { errors: [LOCKED] }]);
    expect(signing.logged.filter(({ message }) => message === 'unexpected error')).toEqual([]);
  });

  it('has not failed to sign in, however often that is tried', async () => {
    await lock();
    for (let time = 0; time < 12; time += 1) expect((await server.visit().call('/session', { key })).status).toBe(503);
    await release();
    for (let time = 0; time < 10; time += 1) expect((await server.visit().call('/session', { key: 'ibk_wrong' })).status).toBe(401);
    expect((await server.visit().call('/session', { key: 'ibk_wrong' })).status).toBe(429); // what fails is counted
  });
});
