import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { localIdentity } from '../../src/identity/local-identity.js';
import { authenticationOf, openDoorLine } from '../../src/runtime/authentication.js';
import { credentialsOf } from '../../src/server/session/credentials-of.js';
import { cli } from '../support/cli-process.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';
import { DOORS } from './identity-doors.js';
import { IBSAFE_SECRET, SECRET } from './identity-issuers.js';

const NOWHERE = { url: 'postgresql://127.0.0.1:1/nothing' };
const said = (environment: Record<string, string>) => () => authenticationOf(readConfig(environment));
const FORCE = 'mutation { initSchedules(force: true) { __typename } }';
const PROVIDER = { AUTH_JWKS_URL: 'https://sso.example/keys', AUTH_JWT_ISSUER: 'https://sso.example', AUTH_JWT_AUDIENCE: 'batch' };

describe('A service that anybody could use', () => {
  it.each([
    [
      { NODE_ENV: 'production' },
      /NODE_ENV: production needs authentication.+AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, OIDC_ISSUER or AUTH_API_KEYS=on/,
    ],
    [{ HOST: '0.0.0.0' }, /HOST: other machines can reach 0\.0\.0\.0.+AUTH_JWT_SECRET.+HOST=127\.0\.0\.1/],
    [{ HOST: '::' }, /HOST: other machines/],
    [{ HOST: '192.168.0.7', NODE_ENV: 'test' }, /HOST: other machines/],
  ])('does not start: %j', async (environment, problem) => {
    const start = startTestService(NOWHERE, { role: 'all', environment });
    await expect(start).rejects.toThrow(problem); // before the database is looked for, which is not there
    await expect(start).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it('does not start as a process of its own either, and exits with 2', async () => {
    const { code, stderr, stdout } = await cli(['start', '--role', 'api'], { env: { NODE_ENV: 'production', DATABASE_URL: NOWHERE.url } });
    expect([code, `${stderr}${stdout}`]).toEqual([2, expect.stringMatching(/NODE_ENV: production needs authentication/)]);
  });

  it('starts with any one way to know callers', () => {
    const ways = [{ AUTH_JWT_SECRET: SECRET }, PROVIDER, { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET }, { AUTH_API_KEYS: 'on' }];
    for (const way of ways)
      expect(said({ NODE_ENV: 'production', HOST: '0.0.0.0', ...way })()).toMatchObject({ kind: 'tokens', apiKeys: true });
    expect(said({ AUTH_JWT_SECRET: SECRET, AUTH_API_KEYS: 'off' })()).toMatchObject({ apiKeys: false });
  });
});

describe('Settings of authentication', () => {
  it.each([
    [
      { AUTH_JWT_SECRET: 'short-secret' },
      /AUTH_JWT_SECRET: expected a secret of at least 32 bytes.+found a text of 12 characters \(not shown\)/,
    ],
    [{ AUTH_IBSAFE_JWT_SECRET: 'short-secret' }, /AUTH_IBSAFE_JWT_SECRET: expected a secret/],
    [{ ...PROVIDER, AUTH_JWKS_URL: 'http://sso.example/keys' }, /AUTH_JWKS_URL: expected a URL that begins with https/],
    [{ ...PROVIDER, AUTH_JWKS_URL: 'https://user:pass@sso.example/keys' }, /AUTH_JWKS_URL: expected/],
    [{ ...PROVIDER, AUTH_JWT_AUDIENCE: '' }, /AUTH_JWT_AUDIENCE: needed with AUTH_JWKS_URL/],
    [{ ...PROVIDER, AUTH_JWT_ISSUER: '' }, /AUTH_JWT_ISSUER: needed with AUTH_JWKS_URL/],
    [{ AUTH_JWT_SECRET: SECRET, AUTH_IBSAFE_JWT_SECRET: SECRET }, /AUTH_JWT_SECRET: expected a secret of its own/],
    [{ AUTH_JWT_AUDIENCE: 'batch' }, /AUTH_JWT_AUDIENCE: of no use/],
    [{ AUTH_JWT_SECERT: SECRET }, /AUTH_JWT_SECERT: no such variable/],
  ])('are refused by name, and no secret is shown: %#', (environment, problem) => {
    expect(said(environment)).toThrow(problem);
    expect(said(environment)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/short-secret|pass@|of-the-tests/) }));
  });

  it('may name keys on this machine without TLS', () => {
    for (const host of ['127.0.0.1:81', 'localhost:81', '[::1]:81'])
      expect(said({ ...PROVIDER, AUTH_JWKS_URL: `http://${host}/keys` })).not.toThrow();
    for (const host of ['127.0.0.1.example', 'localhost.example'])
      expect(said({ ...PROVIDER, AUTH_JWKS_URL: `http://${host}/keys` })).toThrow(/AUTH_JWKS_URL/);
  });
});

describe('A service on this machine, for this machine', () => {
  it('takes every caller for the local admin, and says so when it starts', async () => {
    const database = await createTestDatabase();
    {
      await using service = await startTestService(database, { role: 'api' });
      expect(service.logged.filter((line) => line.includes('every caller on this machine is admin'))).toHaveLength(1);
      for (const [, door] of DOORS) expect((await door(service.url, undefined, FORCE)).text).toContain('SchedulesInitialized');
      const { rows } = await service.core.pool.query("select distinct actor from batch.event where type = 'ScheduleDeleted'");
      expect(rows).toEqual([{ actor: 'local' }]);
    }
    await database.drop();
  });

  it('answers to no name but its own, since any page can point a name of its own at this machine', async () => {
    const identity = localIdentity();
    for (const host of ['localhost', 'localhost:4000', '127.0.0.1:4000', '127.0.0.9', '[::1]:4000', 'LOCALHOST:1']) {
      expect(await identity.identify({ headers: { host } })).toMatchObject({ actor: 'local', role: 'admin' });
    }
    for (const host of [
      'rebound.example:4000',
      'localhost.example',
      '127.0.0.1.example',
      '0.0.0.0:4000',
      'localhost:4000@x',
      '',
      undefined,
    ]) {
      await expect(identity.identify({ headers: { host } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'])(
    'answers nothing that a proxy on this machine passed on, whatever host it names: %s',
    async (header) => {
      const credentials = credentialsOf({ headers: { host: '127.0.0.1:4000', [header]: 'anything' } });
      await expect(localIdentity().identify(credentials)).rejects.toThrow('answers no proxy');
    },
  );

  it('is told by the line of the start, and not where callers are known', () => {
    expect(openDoorLine(readConfig({}))).toMatch(/admin \("local"\)/);
    expect(openDoorLine(readConfig({ AUTH_API_KEYS: 'on' }))).toBeUndefined();
  });
});
