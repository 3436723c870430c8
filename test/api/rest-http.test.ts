import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { RestClient, SHAPES, taken } from './rest-client.js';
import { inSeconds, signHs256 } from './identity-issuers.js';
import { ACCOUNTS, startRestService, type RestService } from './rest-fixture.js';

const GOOD = { name: '아침 중재', frequency: 'daily', hour: 7, minute: 15 };
/** Every call, with a body that would do. */
const CALLS = [
  ['GET', 'schedule/', 'viewer'],
  ['POST', 'schedule/', 'operator'],
  ['PUT', 'schedule/', 'operator'],
  ['DELETE', 'schedule/', 'admin'],
  ['POST', 'run/', 'operator'],
  ['GET', 'status/?task_id=1', 'viewer'],
  ['POST', 'sync/', 'operator'],
] as const;
const ROLES = ['viewer', 'operator', 'admin'] as const;
const ALLOWED = {
  'schedule/': 'GET, POST, PUT, DELETE, HEAD, OPTIONS',
  'run/': 'POST, OPTIONS',
  'status/': 'GET, HEAD, OPTIONS',
  'sync/': 'POST, OPTIONS',
};

let service: RestService;

beforeAll(async () => {
  service = await startRestService({ AUTH_API_KEYS: 'on' });
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
});

const bodyFor = (method: string): object => (method === 'GET' ? {} : { body: { id: 1, ...GOOD } });
const events = async (): Promise<unknown> => (await service.pool.query('select count(*) from batch.event')).rows;

describe('Who is not known', () => {
  it.each(CALLS)('is answered 401 to %s %s (for the role %s) without a token, and nothing is done', async (method, path, _role) => {
    const before = await events();
    const answer = await new RestClient(service.url).send(method, path, bodyFor(method));
    taken(answer, 401, SHAPES.detail);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    const other = await new RestClient(service.url).send(method, path, { ...bodyFor(method), headers: { authorization: 'Basic YTpi' } });
    expect(other.status).toBe(401);
    expect(await events()).toEqual(before);
  });

  it.each([
    ['nonsense', () => Promise.resolve('nonsense')],
    ['a token of another secret', () => signHs256({ user_id: 1, token_type: 'access', exp: inSeconds(60), iat: inSeconds(0), jti: 'a' })],
    ['an expired token', () => service.tokenOf(1, { exp: inSeconds(-120) })],
    ['a refresh token', () => service.tokenOf(1, { token_type: 'refresh' })],
    ['a token of no user', () => service.tokenOf(1, { user_id: 'x' })],
    ['a key that is none', () => Promise.resolve(`ibk_abcdefgh_${'a'.repeat(43)}`)],
  ])('is told that %s is not valid, as simplejwt tells it', async (_, token) => {
    for (const [method, path] of CALLS) {
      const answer = await new RestClient(service.url, await token()).send(method, path, bodyFor(method));
      taken(answer, 401, SHAPES.badToken);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    }
  });

  it('is told that the account is inactive, or is not there', async () => {
    taken(await (await service.as('closed')).send('GET', 'schedule/'), 401, SHAPES.inactive);
    expect(await (await service.as('unknown')).send('GET', 'schedule/')).toMatchObject({ status: 401, body: { code: 'user_not_found' } });
  });

  it('is told of a header of another form', async () => {
    const answer = await new RestClient(service.url).send('GET', 'schedule/', { headers: { authorization: 'Bearer a b' } });
    expect(answer).toMatchObject({ status: 401, body: { detail: expect.any(String), code: 'bad_authorization_header' } });
  });

  it('is refused before the body is read', async () => {
    taken(await new RestClient(service.url).send('POST', 'schedule/', { body: '{' }), 401, SHAPES.detail);
  });
});

describe('A role', () => {
  it.each(CALLS)('that may not do %s %s is 403, as in GraphQL: it takes the role %s', async (method, path, needed) => {
    const keys = new ApiKeyStore(service.pool);
    for (const role of ROLES) {
      const made = await keys.create({ name: `${role} ${method} ${path.replaceAll(/\W/g, ' ')}`, role, createdBy: 'test' });
      const answer = await new RestClient(service.url, made?.key).send(method, path, bodyFor(method));
      if (ROLES.indexOf(role) < ROLES.indexOf(needed)) taken(answer, 403, SHAPES.detail);
      else expect([200, 201, 404, 409]).toContain(answer.status);
    }
  });

  it('of a reviewer is for none of them', async () => {
    const made = await new ApiKeyStore(service.pool).create({ name: 'a reviewer', role: 'reviewer', createdBy: 'test' });
    for (const [method, path] of CALLS) taken(await new RestClient(service.url, made?.key).send(method, path, bodyFor(method)), 403, SHAPES.detail); // prettier-ignore
  });

  it('that a patient has is none: 403, whatever is called', async () => {
    const patient = await service.as('patient');
    const before = await events();
    for (const [method, path] of CALLS) taken(await patient.send(method, path, bodyFor(method)), 403, SHAPES.detail);
    for (const method of ['PATCH', 'OPTIONS']) expect((await patient.send(method, 'schedule/')).status).toBe(403);
    expect(await events()).toEqual(before);
  });

  it('of staff is an operator’s, who deletes nothing', async () => {
    const staff = await service.as('staff');
    const { schedule } = await staff.create(GOOD);
    taken(await staff.send('DELETE', 'schedule/', { body: { id: schedule.id } }), 403, SHAPES.detail);
    await (await service.as('superuser')).remove(schedule.id);
    const { rows } = await service.pool.query('select actor from batch.event order by position desc limit 2');
    expect(rows.map(({ actor }) => actor as string)).toEqual([`ibsafe:${ACCOUNTS.superuser}`, `ibsafe:${ACCOUNTS.staff}`]);
  });
});

describe('A path', () => {
  it.each(Object.entries(ALLOWED))(
    '%s answers methods that it has not with 405 and those that it has, on every answer',
    async (path, allowed) => {
      const admin = await service.as('superuser');
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].filter((each) => !allowed.split(', ').includes(each))) {
        const answer = await admin.send(method, path, method === 'HEAD' || method === 'GET' ? {} : { body: {} });
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allowed]);
        if (method !== 'HEAD') expect(taken(answer, 405, SHAPES.detail).detail).toContain(method);
      }
      const options = await admin.send('OPTIONS', path);
      expect([options.status, options.headers.get('allow')]).toEqual([200, allowed]);
      expect(options.body).toMatchObject({ name: expect.any(String), renders: ['application/json'], parses: ['application/json'] });
      expect((await new RestClient(service.url).send('OPTIONS', path)).status).toBe(401);
    },
  );

  it('answers HEAD as GET, without its body', async () => {
    const admin = await service.as('superuser');
    const [head, get] = [await admin.send('HEAD', 'schedule/'), await admin.send('GET', 'schedule/')];
    expect([head.status, head.text, head.headers.get('content-type')]).toEqual([200, '', get.headers.get('content-type')]);
    expect((await admin.send('HEAD', 'status/')).status).toBe(400);
  });

  it.each(['schedule', 'run', 'status?task_id=a%20b', 'sync'])(
    'without its slash leads to the one with it, for any caller: %s',
    async (path) => {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const { status, headers } = await new RestClient(service.url).send(method, path);
        expect([status, headers.get('location')]).toEqual([301, `/api/batch/${path.replace(/(\?|$)/, '/$1')}`]);
      }
    },
  );

  it.each(['', 'schedules/', 'schedule//', 'schedule/7/', 'Schedule/', 'run/x', '../batch/'])('is not known: %j', async (path) => {
    expect((await (await service.as('superuser')).send('GET', path)).status).toBe(404);
  });

  it('is JSON that no cache keeps, and only that', async () => {
    const admin = await service.as('superuser');
    for (const { headers } of [
      await admin.send('GET', 'schedule/'),
      await admin.send('PATCH', 'run/'),
      await new RestClient(service.url).send('GET', 'schedule/'),
    ]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    taken(await admin.send('GET', 'schedule/', { headers: { accept: 'application/xml' } }), 406, SHAPES.detail);
    expect((await admin.send('GET', 'schedule/', { headers: { accept: 'text/html, */*;q=0.1' } })).status).toBe(200);
  });

  it('is closed to pages of other origins', async () => {
    const admin = await service.as('superuser');
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
      taken(await admin.send('GET', 'schedule/', { headers }), 403, SHAPES.detail);
      taken(await admin.send('POST', 'run/', { headers }), 403, SHAPES.detail);
    }
    expect((await admin.send('GET', 'schedule/', { headers: { origin: service.url } })).status).toBe(200);
  });
});

describe('A busy or broken service', () => {
  it('answers 429 to a caller who has too many calls open, and goes on for others', async () => {
    const lock = await service.pool.connect();
    await lock.query(`${BEGIN_HELD}; lock table batch.schedule_view in access exclusive mode`);
    try {
      const admin = await service.as('superuser');
      const sent = Array.from({ length: 240 }, () => admin.send('GET', 'schedule/'));
      const refused = await Promise.any(
        sent.map(async (each) => ((await each).status === 429 ? each : Promise.reject(new Error('another')))),
      );
      taken(refused, 429, SHAPES.error);
      expect((await (await service.as('staff')).send('GET', 'status/?task_id=other')).status).toBe(200);
      await lock.query('rollback');
      expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(expect.arrayContaining([200, 429]));
    } finally {
      await lock.query('rollback');
      lock.release();
    }
  });

  it('tells of an error of its own by a number, and of nothing else', async () => {
    const admin = await service.as('superuser');
    await service.pool.query('alter table batch.schedule_number rename to lost');
    try {
      const answer = await admin.send('GET', 'schedule/');
      expect(taken(answer, 500, SHAPES.error).error).toContain(answer.headers.get('x-request-id') ?? '?');
      expect(answer.text).not.toMatch(/schedule_number|relation|select/);
    } finally {
      await service.pool.query('alter table batch.lost rename to schedule_number');
    }
  });
});
