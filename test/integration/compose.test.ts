import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readConfig, VARIABLES } from '../../src/config/config.js';
import { authenticationOf } from '../../src/runtime/authentication.js';
import { isCommand } from '../support/is-command.js';
import { composeFile, placeholders, projectFile } from './compose-file.js';

const PASSWORDS = {
  POSTGRES_PASSWORD: 'p-0ne',
  MIGRATE_PASSWORD: 'g-0ne',
  SERVICE_PASSWORD: 'b-0ne',
  MONGO_PASSWORD: 'm-0ne',
  MONGO_ROOT_PASSWORD: 'r-0ne',
};
const { services, volumes, networks } = composeFile(PASSWORDS);
const all = Object.entries(services);
const ours = all.filter(([, { build }]) => build !== undefined);
const text = projectFile('docker-compose.yml');
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
if (!hasCompose) console.warn('skipped: docker compose config, because there is no docker client with compose');

/** The role that a service connects to PostgreSQL as. */
const roleOf = (name: string): string => new URL(services[name]?.environment?.['DATABASE_URL'] ?? '').username;

/** How callers of the api are known, with some variables set. */
function authenticationOfApi(variables: object): ReturnType<typeof authenticationOf> {
  return authenticationOf(readConfig(composeFile({ ...PASSWORDS, ...variables }).services['api']?.environment ?? {}));
}

describe('docker-compose.yml', () => {
  it('runs both stores, a migration, an api, workers and a scheduler', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['postgres', 'mongo', 'roles', 'migrate', 'api', 'worker', 'scheduler']));
    const images = [services['postgres']?.image, services['mongo']?.image, /^ARG NODE_IMAGE=(\S+)$/m.exec(projectFile('Dockerfile'))?.[1]];
    expect(images).toEqual([
      expect.stringMatching(/^postgres:18\.\d+$/),
      expect.stringMatching(/^mongo:8\.\d+\.\d+$/),
      expect.stringMatching(/^node:24\.\d+\.\d+-bookworm-slim$/),
    ]);
    const bases = projectFile('Dockerfile').match(/^FROM \S+/gm) ?? [];
    expect(new Set(bases)).toEqual(new Set(['FROM ${NODE_IMAGE}']));
    expect(services['mongo']?.command).toEqual(expect.arrayContaining(['--replSet', 'rs0']));
  });

  it('pins every image by a tag, and names no container, so that workers can be many', () => {
    expect(all.filter(([, { image }]) => !/^[\w/.-]+:[\w.-]+$/.test(image) || image.endsWith(':latest'))).toEqual([]);
    expect(all.filter(([, service]) => 'container_name' in service)).toEqual([]);
    expect(services['worker']?.ports).toBeUndefined();
  });

  it('contains every process: no rights of root but those by which a store gives its user its folders, no new ones, a file system that is read, and limits', () => {
    for (const [name, service] of all) {
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
          tmpfs: expect.arrayContaining(['/tmp']),
          mem_limit: expect.stringMatching(/^\d+[gm]$/),
          pids_limit: expect.any(Number),
          logging: { driver: 'json-file', options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
        }),
      ]);
    }
    const adding = all.filter(([, service]) => service.cap_add !== undefined);
    expect(adding.map(([name, { cap_add: added }]) => [name, added?.toSorted()])).toEqual(
      ['postgres', 'mongo'].map((name) => [name, ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']]),
    );
    expect(all.filter(([, service]) => 'privileged' in service || 'network_mode' in service || 'pid' in service)).toEqual([]);
  });

  it('lets only what makes the roles know the administrator, and what migrates the role that migrates', () => {
    expect(ours.map(([name]) => [name, roleOf(name)])).toEqual([
      ['roles', 'ibsafe'],
      ['migrate', 'batch_migrate'],
      ['api', 'batch_service'],
      ['worker', 'batch_service'],
      ['scheduler', 'batch_service'],
      ['demo', 'ibsafe'],
    ]);
    for (const [name, { environment = {} }] of ours.filter(([service]) => roleOf(service) === 'batch_service')) {
      const secrets = Object.values(environment).join(' ');
      expect([name, ['p-0ne', 'g-0ne', 'r-0ne'].filter((secret) => secrets.includes(secret))]).toEqual([name, []]);
    }
    expect(projectFile('deploy/postgres/roles.sql')).toEqual(
      expect.stringMatching(/role batch_migrate login[\s\S]*role batch_service login/),
    );
  });

  it('has no password of its own: each must be given, and is asked for by name', () => {
    for (const name of Object.keys(PASSWORDS)) {
      expect(() => composeFile({ ...PASSWORDS, [name]: '' })).toThrow(`${name}: set it in .env`);
    }
    expect(placeholders().filter(({ name, operator, rest }) => /PASSWORD|SECRET/.test(name) && operator === ':-' && rest !== '')).toEqual(
      [],
    );
    const given = all.flatMap(([, { environment = {} }]) => Object.entries(environment)).filter(([name]) => /PASSWORD/.test(name));
    expect(given.filter(([, value]) => !Object.values(PASSWORDS).includes(value))).toEqual([]);
  });

  it('uses no variable that is explained nowhere', () => {
    const names = new Set(placeholders().map(({ name }) => name));
    expect([...names].filter((name) => !VARIABLES.includes(name) && !new RegExp(`^#   ${name} `, 'm').test(text))).toEqual([]);
  });

  it('passes on every setting that it does not fix itself, with the default that the service has', () => {
    const fixed = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'MONGODB_URL', 'RETENTION_ARCHIVE_DIR'];
    const passed = new Map(placeholders().map(({ name, rest }) => [name, rest]));
    expect(VARIABLES.filter((name) => !passed.has(name))).toEqual(fixed);
    for (const name of VARIABLES.filter((one) => passed.has(one))) {
      const readers = Object.entries(composeFile({ ...PASSWORDS, [name]: 'as given' }).services).filter(
        ([, { environment = {} }]) => environment[name] === 'as given',
      );
      const wanted = /^(AUTH|OIDC|SESSION)_(?!KEEP_DAYS)|^CONSOLE_APP_ORIGINS$/.test(name)
        ? ['api']
        : name.startsWith('DEMO_')
          ? ['demo']
          : ours.map(([service]) => service);
      expect([name, readers.map(([service]) => service)]).toEqual([name, wanted]);
    }
    const defaults = readConfig({}) as Readonly<Record<string, unknown>>;
    const others = VARIABLES.filter((name) => passed.has(name) && passed.get(name) !== (defaults[name]?.toString() ?? ''));
    expect(others).toEqual(['AUTH_API_KEYS']); // without which nobody could be let in
  });

  it('waits for what exists and says how it is', () => {
    for (const [name, { depends_on: awaited = {} }] of all) {
      for (const [other, { condition }] of Object.entries(awaited)) {
        expect([name, other, Object.keys(services)]).toEqual([name, other, expect.arrayContaining([other])]);
        const hasHealth = services[other]?.healthcheck !== undefined;
        expect([name, other, condition]).toEqual([name, other, hasHealth ? 'service_healthy' : 'service_completed_successfully']);
        if (!hasHealth) expect(services[other]?.restart).toBe('no');
      }
    }
    const lasting = all.filter(([, { restart }]) => restart !== 'no');
    expect(lasting.filter(([, { restart, healthcheck }]) => restart !== 'unless-stopped' || healthcheck === undefined)).toEqual([]);
  });

  it('shows the stores to nobody but the services, and the api to this machine only', () => {
    for (const store of ['postgres', 'mongo']) expect(services[store]).toMatchObject({ networks: ['stores'] });
    expect(all.filter(([, { ports }]) => ports !== undefined).map(([name, { ports }]) => [name, ports])).toEqual([
      ['api', ['127.0.0.1:4000:4000']],
    ]);
    expect(networks['stores']?.internal).toBe(true);
  });

  it('keeps data in named volumes, where the images look for it', () => {
    expect(services['postgres']?.volumes).toEqual(['postgres-data:/var/lib/postgresql']); // since 18 not …/data
    expect(services['mongo']?.volumes).toContain('mongo-data:/data/db');
    expect(services['scheduler']?.volumes).toEqual([`archive:${services['scheduler']?.environment?.['RETENTION_ARCHIVE_DIR']}`]);
    expect(projectFile('Dockerfile')).toContain('mkdir /archive && chown node:node /archive');
    expect(Object.keys(volumes).toSorted()).toEqual(['archive', 'mongo-data', 'postgres-data']);
  });

  it('gives each process a configuration that it starts with, as the compose file alone and with tokens', () => {
    for (const [, { environment = {} }] of ours) {
      expect(readConfig(environment)).toMatchObject({ NODE_ENV: 'production', MONGODB_URL: expect.stringContaining('replicaSet=rs0') });
    }
    expect(authenticationOfApi({})).toMatchObject({ kind: 'tokens', apiKeys: true });
    expect(authenticationOfApi({ AUTH_JWT_SECRET: 'x'.repeat(32), AUTH_API_KEYS: 'off' })).toMatchObject({
      kind: 'tokens',
      apiKeys: false,
    });
  });

  it('calls commands that exist, and files that are there', async () => {
    const called = ours.filter(([, { entrypoint }]) => entrypoint === undefined);
    expect(called.map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'scheduler']); // "roles" and "demo" have entry points of their own
    for (const [name, { command = [] }] of called) expect([name, await isCommand(command)]).toEqual([name, true]);
    for (const line of ['key create --name me --role admin', 'demo load', 'run --wait'])
      expect([line, await isCommand(line.split(' '))]).toEqual([line, true]);
    expect(await isCommand(['sing'])).toBe(false);
    const files = text.match(/docker\/[\w-]+\.(mjs|js|sh)/g) ?? [];
    expect(new Set(files).size).toBeGreaterThanOrEqual(7);
    expect(files.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual([]);
  });

  (hasCompose ? it : it.skip)('is what Compose takes it for', () => {
    const cwd = fileURLToPath(new URL('../../', import.meta.url));
    const env = { ...process.env, ...PASSWORDS };
    const { status, stderr } = spawnSync('docker', ['compose', 'config', '--quiet'], { cwd, env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
