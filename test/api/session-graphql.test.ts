import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import type { Role } from '../../src/identity/role.js';
import { cli, documents } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { Visitor } from './dashboard-visitor.js';

let database: TestDatabase;
let service: TestService;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database, { role: 'api', environment: { AUTH_API_KEYS: 'on' } });
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

interface Person {
  readonly visitor: Visitor;
  readonly actor: string;
  readonly key: string;
}

async function signIn({ key }: { readonly key: string }): Promise<Visitor> {
  const visitor = new Visitor(service.url);
  expect((await visitor.call('/session', { key })).status).toBe(200);
  return visitor;
}

async function person(role: Role): Promise<Person> {
  const name = `${role} ${(made += 1)}`;
  const { key = '' } = (await new ApiKeyStore(service.core.pool).create({ name, role, createdBy: 'test' })) ?? {};
  return { visitor: await signIn({ key }), actor: `key:${name}`, key };
}

interface Answer {
  readonly data: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- what a test asked for
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask({ visitor }: Pick<Person, 'visitor'>, query: string): Promise<Answer> {
  return JSON.parse((await visitor.call('/graphql', { query })).text) as Answer;
}

const LIST = '{ sessions(first: 100) { nodes { id actor way live current endedBy } pageInfo { hasNextPage } } }';
const ALL = '{ sessions(first: 100, everybody: true, ended: true) { nodes { id actor way live current endedBy signedInAt } } }';

const everywhere = (actor?: string): string =>
  `mutation { signOutEverywhere${actor === undefined ? '' : `(actor: "${actor}")`} { actor sessions } }`;
const run = (...args: string[]): ReturnType<typeof cli> => cli(['session', ...args], { env: { DATABASE_URL: database.url } });

describe('Sessions', () => {
  it('are listed for their owner, the one that asks among them, and those of others for admins alone', async () => {
    const [kim, lee, admin] = [await person('viewer'), await person('operator'), await person('admin')];
    const other = await signIn(kim);
    const { nodes } = (await ask(kim, LIST)).data['sessions'];
    expect(nodes).toMatchObject([
      { actor: kim.actor, way: 'KEY', live: true, current: false },
      { actor: kim.actor, way: 'KEY', live: true, current: true },
    ]);
    expect((await ask(lee, ALL)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const seen = (await ask(admin, ALL)).data['sessions'].nodes.map(({ actor }: { actor: string }) => actor);
    expect(seen).toEqual(expect.arrayContaining([kim.actor, lee.actor, admin.actor]));
    await other.delete('/session');
    expect((await ask(kim, LIST)).data['sessions'].nodes).toHaveLength(1);
    const audit = (await ask(admin, ALL)).data['sessions'].nodes.filter(({ actor }: { actor: string }) => actor === kim.actor);
    expect(audit).toMatchObject([
      { live: false, endedBy: kim.actor },
      { live: true, endedBy: null },
    ]);
  });

  it('are revoked by their owner or an admin, and by nobody else, who learns nothing of them', async () => {
    const [kim, lee, admin] = [await person('viewer'), await person('operator'), await person('admin')];
    const [{ id }] = (await ask(kim, LIST)).data['sessions'].nodes;
    const revoke = `mutation { revokeSession(id: "${id}") { __typename ... on Refused { code } } }`;
    const refused = { __typename: 'Refused', code: 'SESSION_NOT_FOUND' };
    expect((await ask(lee, revoke)).data['revokeSession']).toEqual(refused);
    expect((await ask(lee, revoke.replace(id, '00000000-0000-7000-8000-000000000000'))).data['revokeSession']).toEqual(refused);
    expect((await ask(admin, revoke)).data['revokeSession']).toEqual({ __typename: 'SessionRevoked' });
    expect((await ask(admin, revoke)).data['revokeSession']).toEqual(refused);
    expect((await kim.visitor.call('/graphql', { query: LIST })).status).toBe(401);
    const second = await signIn(kim);
    const third = { visitor: await signIn(kim) };
    const [{ id: current }] = (await ask(third, LIST)).data['sessions'].nodes;
    expect((await ask({ visitor: second }, revoke.replace(id, current))).data['revokeSession']).toEqual({ __typename: 'SessionRevoked' });
  });

  it('are all ended by their owner, or of another actor by an admin', async () => {
    const [kim, lee, admin] = [await person('viewer'), await person('operator'), await person('admin')];
    await signIn(kim);
    expect((await ask(lee, everywhere(kim.actor))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask(kim, everywhere())).data['signOutEverywhere']).toEqual({ actor: kim.actor, sessions: 2 });
    expect((await kim.visitor.call('/graphql', { query: LIST })).status).toBe(401);
    expect((await ask(admin, everywhere(lee.actor))).data['signOutEverywhere']).toEqual({ actor: lee.actor, sessions: 1 });
    expect((await ask(admin, everywhere('nobody\\u0000'))).data['signOutEverywhere'].sessions).toBe(0);
  });

  it('are listed and ended by commands', async () => {
    const kim = await person('viewer');
    await signIn(kim);
    const [listed] = documents((await run('list', '--json')).stdout) as [{ sessions: { id: string; actor: string; live: boolean }[] }];
    const [own] = listed.sessions.filter(({ actor }) => actor === kim.actor);
    expect(own?.live).toBe(true);
    expect((await run('list')).stdout).toMatch(new RegExp(`KEY +signed in .+ until .+ ${kim.actor}`));
    expect(await run('revoke', own?.id ?? '')).toMatchObject({ code: 0, stdout: 'Ended one session.\n' });
    expect(documents((await run('revoke', kim.actor, '--json')).stdout)).toEqual([{ ended: 1 }]);
    expect((await run('revoke', kim.actor)).code).toBe(1);
    expect((await run('list', '--ended')).stdout).toMatch(new RegExp(`ended .+ by cli +${kim.actor}`));
  });
});

const KEYS = '{ apiKeys { prefix name role createdBy revokedAt } }';
const create = (name: string, role = 'OPERATOR'): string =>
  `mutation { createApiKey(name: ${JSON.stringify(name)}, role: ${role}) { __typename ... on ApiKeyCreated { key apiKey { prefix } } ... on Refused { code } } }`;
const createOnce = (role: string, key: string): string =>
  `mutation { createApiKey(name: "night watch 2", role: ${role}, idempotencyKey: "${key}") { ... on ApiKeyCreated { apiKey { prefix } } ... on Refused { code } } }`;
const revoke = (prefix: string): string => `mutation { revokeApiKey(prefix: "${prefix}") { __typename ... on Refused { code } } }`;

describe('API keys over GraphQL', () => {
  it('are made, listed and revoked by admins, and a session ends with its key', async () => {
    const admin = await person('admin');
    const { key, apiKey } = (await ask(admin, create('night watch'))).data['createApiKey'];
    const listed = (await ask(admin, KEYS)).data['apiKeys'];
    expect(listed[0]).toEqual({ prefix: apiKey.prefix, name: 'night watch', role: 'OPERATOR', createdBy: admin.actor, revokedAt: null });
    expect(JSON.stringify(listed)).not.toContain(key.slice(13));
    const watch = await signIn({ key });
    expect((await ask(admin, create('night watch'))).data['createApiKey']).toEqual({ __typename: 'Refused', code: 'API_KEY_NAME_TAKEN' });
    expect((await ask(admin, revoke(apiKey.prefix))).data['revokeApiKey']).toEqual({ __typename: 'ApiKeyRevoked' });
    await until(async () => (await watch.call('/graphql', { query: LIST })).status === 401); // what is remembered of callers lasts five seconds
    for (const gone of [apiKey.prefix, 'night watch', key, '', '\\u0000'])
      expect((await ask(admin, revoke(gone))).data['revokeApiKey']).toEqual({ __typename: 'Refused', code: 'API_KEY_NOT_FOUND' });
  });

  it('are told again to who orders one again under the same idempotency key, and to no other', async () => {
    const admin = await person('admin');
    const first = (await ask(admin, createOnce('VIEWER', 'k1'))).data['createApiKey'];
    expect(first).toEqual({ apiKey: { prefix: expect.stringMatching(/^[a-z2-7]{8}$/) } });
    expect((await ask(admin, createOnce('VIEWER', 'k1'))).data['createApiKey']).toEqual(first);
    const codes = [await ask(admin, createOnce('ADMIN', 'k1')), await ask(admin, createOnce('VIEWER', 'k2')), await ask(admin, createOnce('VIEWER', 'a b'))].map(({ data }) => data['createApiKey'].code); // prettier-ignore
    expect(codes).toEqual(['IDEMPOTENCY_KEY_REUSED', 'API_KEY_NAME_TAKEN', 'IDEMPOTENCY_KEY_INVALID']);
  });

  it.each(['', ' a', 'a\nb', 'a'.repeat(61), '<b>', 'a\u0000', 'kim@example.org'])(
    'have no name that could not stand in the log: %j',
    async (name) => {
      expect((await ask(await person('admin'), create(name))).data['createApiKey']).toEqual({
        __typename: 'Refused',
        code: 'API_KEY_NAME_INVALID',
      });
    },
  );

  it.each(['viewer', 'operator'] as const)('are nothing for a %s', async (role) => {
    const one = await person(role);
    for (const query of [KEYS, create(`${role}'s`, 'ADMIN'), revoke('abcdefgh')]) {
      expect((await ask(one, query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await new ApiKeyStore(service.core.pool).list()).filter(({ name }) => name === `${role}'s`)).toEqual([]);
  });
});

describe('On a service that is open to its machine', () => {
  it('nobody signs in: there is no session, and the page says so', async () => {
    const other = await createTestDatabase();
    {
      await using local = await startTestService(other, { role: 'api' });
      const visitor = new Visitor(local.url);
      const told = await visitor.send('/session', { method: 'GET', headers: { 'sec-fetch-site': 'same-origin' } });
      expect(JSON.parse(told.text)).toEqual({ open: true, ways: [], signedIn: { actor: 'local', role: 'ADMIN', way: null, until: null } });
      expect((await visitor.call('/session', { key: 'x' })).status).toBe(405);
      expect((await visitor.delete('/session')).status).toBe(405);
      const { data } = await ask({ visitor }, '{ sessions(everybody: true, ended: true) { nodes { id } } }');
      expect(data).toEqual({ sessions: { nodes: [] } });
      expect(
        (await visitor.send('/session', { method: 'GET', headers: { host: 'rebound.example', 'sec-fetch-site': 'same-origin' } })).text,
      ).toContain('"signedIn":null');
    }
    await other.drop();
  });
});
