import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { ROLES, type Role } from '../../src/identity/role.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { type Page, Visitor } from './dashboard-visitor.js';
import { inSeconds, SECRET, signHs256 } from './identity-issuers.js';
import { errorsOf } from '../support/errors-of.js';

let database: TestDatabase;
let service: TestService;
let keys: ApiKeyStore;
let visitor: Visitor;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database, { environment: { AUTH_JWT_SECRET: SECRET } });
  keys = new ApiKeyStore(service.core.pool);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});
beforeEach(() => {
  visitor = new Visitor(service.url);
});

let made = 0;
async function keyOf(role: Role): Promise<{ key: string; name: string }> {
  const name = `${role} ${(made += 1)}`;
  return { name, key: (await keys.create({ name, role, createdBy: 'test' }))?.key ?? '' };
}

async function signIn(): Promise<void> {
  await visitor.post('/dashboard/login', { token: (await keyOf('admin')).key });
}

describe('The dashboard’s door', () => {
  it('sends a browser that nobody has signed in to the page where an admin does, and tells a program 401', async () => {
    for (const path of ['/dashboard', '/dashboard/', '/dashboard/api']) {
      expect(await visitor.get(path)).toMatchObject({ status: 303, location: '/dashboard/login' });
      expect((await visitor.get(path, { accept: 'application/json' })).status).toBe(401);
    }
    const login = await visitor.get('/dashboard/login');
    expect([login.status, login.text]).toEqual([200, expect.stringContaining('<input id="token" name="token" type="password"')]);
  });

  it.each(ROLES.filter((role) => role !== 'admin'))('turns away who is %s, and says who may come in', async (role) => {
    const { key } = await keyOf(role);
    const headers = { authorization: `Bearer ${key}` };
    const answers = [await visitor.call('/dashboard/api/jobs/delete', { jobIds: [] }, headers)];
    for (const path of ['/dashboard/', '/dashboard/api', '/dashboard/api/events', '/dashboard/assets/x.js', '/dashboard/readable.css']) {
      answers.push(await visitor.get(path, headers));
    }
    answers.push(await visitor.post('/dashboard/login', { token: key }));
    const refused = { status: 403, setCookie: '', text: expect.stringContaining(`is for admins; you have the role ${role}`) };
    expect(answers).toEqual(answers.map(() => expect.objectContaining(refused)));
  });

  it('lets an admin in by a header, for scripts, and by signing in, for browsers', async () => {
    const token = await signHs256({ sub: 'kim', batch_role: 'admin', exp: inSeconds(60) });
    expect((await visitor.get('/dashboard/', { authorization: `Bearer ${token}` })).status).toBe(200);
    const { key, name } = await keyOf('admin');
    expect(await visitor.post('/dashboard/login', { token: `  Bearer ${key}\n` })).toMatchObject({ status: 303, location: '/dashboard/' });
    expect(await visitor.get('/dashboard/')).toMatchObject({ status: 200, text: expect.stringContaining(`key:${name}`) });
  });

  it('opens GraphQL as well to a page of ours, and to no request of which nobody says whose it is', async () => {
    await signIn();
    const query = JSON.stringify({ query: '{ systemStatus { version } }' });
    expect((await visitor.call('/graphql', query)).status).toBe(200);
    expect((await visitor.call('/graphql', query, { 'sec-fetch-site': undefined })).status).toBe(401);
    expect((await visitor.get('/dashboard/')).status).toBe(200);
  });

  it('refuses a wrong key without repeating it, and signs nobody in', async () => {
    const wrong = `ibk_abcdefgh_${'B'.repeat(43)}`;
    for (const token of [wrong, '', '"><script>alert(1)</script>']) {
      const { status, setCookie, text } = await visitor.post('/dashboard/login', { token });
      expect({ status, setCookie, text }).toEqual({
        status: 401,
        setCookie: '',
        text: expect.stringMatching(/API key or token.*Sign in/s),
      });
      expect(text).not.toContain(wrong);
      expect(text).not.toContain('<script');
    }
    const { logged } = service;
    expect(logged).toContainEqual(expect.stringContaining('"method":"POST","path":"/dashboard/…"')); // it was told of, without the key
    expect(logged.join('\n')).not.toContain(wrong);
  });
});

describe('Inside', () => {
  it('an admin sees the schedules’ jobs, with their Korean names', async () => {
    await signIn();
    const { jobs } = JSON.parse((await visitor.get('/dashboard/api')).text) as { jobs: { job: { name: string } }[] };
    expect(jobs.map(({ job: { name } }) => name)).toEqual([expect.stringContaining('일일 중재 권고사항 생성')]);
  });

  it('what cannot be read or is not there is no failure of the service', async () => {
    await signIn();
    expect((await visitor.call('/dashboard/api/jobs/pause', '{')).status).toBe(400);
    for (const path of ['/dashboard/assets/none.js', '/dashboard/none', '/dashboard/assets/..%2f..%2fpackage.json']) {
      const { status, text } = await visitor.get(path);
      expect([403, 404]).toContain(status);
      expect(text).toMatch(/not found|no such|does not|forbidden/i);
      expect(text).not.toContain('"dependencies"');
    }
    expect(errorsOf(service)).toEqual([]);
  });

  it('tells no words of the job store’s library about a request that cannot be carried out', async () => {
    await signIn();
    for (const query of ['job=%00', 'q=%00', 'property=name&isObjectId=true&q=%27', 'limit=NaN', 'skip=-1', 'state=%00']) {
      const { status, text } = await visitor.get(`/dashboard/api?${query}`);
      if (status < 400) continue;
      expect([query, status]).toEqual([query, 400]);
      expect(text).toContain('The dashboard cannot do anything with this request.');
    }
    expect((await visitor.get('/dashboard/api?job=%00')).status).toBe(400);
    expect((await visitor.get('/dashboard/api')).status).toBe(200);
  });

  it('is no cache’s to keep, its refusals as well', async () => {
    await signIn();
    const answers = await Promise.all(
      ['/', '/api', '/api?job=%00', '/nothing', '/api/nothing'].map((path) => visitor.get(`/dashboard${path}`)),
    );
    expect(answers.map(({ status, headers }) => [status, headers['cache-control']])).toEqual(
      [200, 200, 400, 404, 404].map((status) => [status, 'no-store']),
    );
  });

  it('answers a HEAD as its GET without the body, also where that would never end', async () => {
    const ask = (path: string, headers: object = {}) =>
      visitor.send(path, { method: 'HEAD', headers: { accept: 'text/html', ...headers } });
    expect(await ask('/dashboard/')).toMatchObject({ status: 303, location: '/dashboard/login' });
    const admin = { authorization: `Bearer ${(await keyOf('admin')).key}` };
    const [head, get] = [await ask('/dashboard/', admin), await visitor.get('/dashboard/', admin)];
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', get.headers['content-length']]);
    expect(await ask('/dashboard', admin)).toMatchObject({ status: 303, location: '/dashboard/' });
    const stream = await ask('/dashboard/api/events', admin);
    expect([stream.status, stream.text, stream.headers['content-type']]).toEqual([200, '', expect.stringContaining('text/event-stream')]);
  });

  it('an open page does not keep the service from stopping', async () => {
    const other = await createTestDatabase();
    const local = await startTestService(other, { role: 'api', environment: { BATCH_GRACE_MS: '600000' } });
    const stream = await fetch(`${local.url}/dashboard/api/events`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    const ended = stream.text().then(
      () => 'ended by itself',
      () => 'cut',
    );
    await local[Symbol.asyncDispose](); // would take the ten minutes' grace
    expect(await ended).toBe('cut'); // or there was nothing that the stop could have waited for
    await other.drop();
  });
});

describe('A table of jobs that another session holds', () => {
  it('is told as such by the dashboard, which is no failure of the service', async () => {
    const other = await createTestDatabase();
    const holder = new Client({ connectionString: other.url });
    await holder.connect();
    {
      await using local = await startTestService(other, { role: 'api', environment: { BATCH_STATEMENT_MS: '1000' } });
      const guest = new Visitor(local.url);
      const looks = (): Promise<readonly Page[]> =>
        Promise.all([
          guest.get('/dashboard/api'),
          guest.get('/dashboard/api?q=x'),
          guest.call('/dashboard/api/jobs/pause', { jobIds: [randomUUID()] }),
        ]);
      const locked = { status: 503, text: expect.stringContaining('The database is locked') };
      await holder.query(`${BEGIN_HELD}; lock table batch.agenda_jobs in access exclusive mode`);
      expect(await looks()).toEqual(Array.from({ length: 3 }, () => expect.objectContaining(locked)));
      await holder.query('commit');
      expect((await guest.get('/dashboard/api')).status).toBe(200);
      expect(local.logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
    }
    await holder.end();
    await other.drop();
  });
});

describe('On an open local service', () => {
  it('nobody signs in, and pages of other sites still can do nothing', async () => {
    const other = await createTestDatabase();
    {
      await using local = await startTestService(other, { role: 'api' });
      const guest = new Visitor(local.url);
      expect(await guest.get('/dashboard')).toMatchObject({ status: 303, location: '/dashboard/' });
      expect(await guest.get('/dashboard/')).toMatchObject({ status: 200, text: expect.not.stringContaining('Sign out') });
      expect((await guest.call('/dashboard/api/jobs/pause', { jobIds: ['1'] }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await guest.call('/dashboard/api/jobs/pause', { jobIds: [] })).status).toBe(200);
      expect((await guest.get('/dashboard/', { host: 'rebound.example' })).status).toBe(403);
    }
    await other.drop();
  });
});
