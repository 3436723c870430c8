import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '../../src/config/config.js';
import { withClient } from '../../src/database/connect.js';
import { migrate } from '../../src/migrations/migrate.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { ask } from '../support/graphql-client.js';
import { missingOpenssl, ownAuthority, type Certificate, type OwnAuthority } from '../support/own-ca.js';
import { copyFor, findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { fillWithPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const programs = findPostgresPrograms();
const missing = 'missing' in programs ? programs.missing : missingOpenssl();
if (missing !== undefined) console.log(`TLS to a PostgreSQL of one's own not measured: ${missing}`);

const PASSWORD = "p@ss w/ord%'#";
const SECRET = encodeURIComponent(PASSWORD);
const TLS_ONLY = ['hostssl all all all scram-sha-256', 'hostnossl all all all reject'];
const TLS_OPTIONAL = ['host all all all scram-sha-256'];
const AUTHORIZED = /connection authorized: .*application_name=(ibsafe-batch [\w -]+?)( SSL enabled|$)/;

/** Whether a connection of ours is encrypted. */
const encrypted = async (url: string): Promise<boolean> =>
  withClient({ url, name: 'test' }, async (one) => {
    const { rows } = await one.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl === true;
  });

(missing === undefined ? describe : describe.skip)('a PostgreSQL that speaks TLS', () => {
  const resources = new Resources();
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-tls-'));
  let cluster: OwnCluster;
  let ours: OwnAuthority;
  let stranger: OwnAuthority;
  let client: Certificate;
  let servers: Record<string, string>;

  const address = (query: string, host = 'localhost'): string => `postgresql://batch:${SECRET}@${host}:${cluster.port}/ibsafe?${query}`;
  const trusted = (mode: string): string => `sslmode=${mode}&sslrootcert=${ours.root}`;
  const admin = async <T extends object>(text: string): Promise<T[]> => {
    const one = new Client({ host: cluster.folder, port: cluster.port, user: 'postgres', database: 'ibsafe' });
    await one.connect();
    try {
      return (await one.query<T>(text)).rows;
    } finally {
      await one.end();
    }
  };
  /** Names of our connections that the server's log has since `from`, those in clear text marked. */
  const connections = (from: number): string[] => {
    const lines = readFileSync(join(cluster.folder, 'log'), 'utf8').slice(from).split('\n');
    return lines.flatMap((line) => {
      const [, name, tls] = AUTHORIZED.exec(line.replace(/\(protocol=.*$/, '')) ?? [];
      return name === undefined ? [] : [tls?.trim() === 'SSL enabled' ? name : `${name} IN CLEAR TEXT`];
    });
  };
  const logLength = (): number => readFileSync(join(cluster.folder, 'log'), 'utf8').length;

  beforeAll(async () => {
    cluster = resources.use(await startOwnCluster('bin' in programs ? programs.bin : ''));
    ours = ownAuthority(folder, 'ours');
    stranger = ownAuthority(folder, 'stranger');
    const issued = ours.issue('server', 'DNS:localhost');
    client = ours.issue('batch', 'DNS:batch');
    const place = (name: string, path: string): string => copyFor(cluster, name, path);
    servers = { ssl_cert_file: place('server.pem', issued.certificate), ssl_key_file: place('server.key', issued.key) };
    cluster.configure(
      {
        ...servers,
        ssl: 'on',
        ssl_ca_file: place('root.pem', ours.root),
        log_connections: 'on',
      },
      ['host all all all trust'],
    );
    cluster.createDatabase('ibsafe');
    await admin(`create role batch login password '${PASSWORD.replaceAll("'", "''")}'`);
    await admin('alter database ibsafe owner to batch');
    await admin('alter schema public owner to batch');
    cluster.configure({}, TLS_ONLY);
  });
  afterAll(async () => {
    await resources.end();
    rmSync(folder, { recursive: true });
  });

  it('and nothing else is worked on by the whole service and every command, and no connection is in clear text', async () => {
    const from = logLength();
    const url = address(trusted('verify-full'));
    await migrate(url, { ibsafeTables: true });
    const patients = await fillWithPatients({ url, drop: () => Promise.resolve() }, 60);
    const service = await startTestService({ url });
    await runToEnd(service.url, { chunkSize: 10 });
    await ask(service.url, '{ runs { nodes { id } } interventions { nodes { dietEvaluation } } systemStatus { log { lagMs } } }');
    const live = await admin<{ name: string; ssl: boolean }>(
      `select application_name as name, ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name like 'ibsafe-batch %'`,
    );
    expect(live.filter(({ ssl }) => !ssl)).toEqual([]);
    expect(live.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['core', 'views', 'jobs', 'wake-ups'].map((name) => `ibsafe-batch ${name}`)),
    );
    await service[Symbol.asyncDispose]();
    await patients[Symbol.asyncDispose]();

    const findings = await runDoctor(readConfig({ DATABASE_URL: url }), { invariants: true });
    expect(findings.filter(({ status }) => status === 'problem')).toEqual([]);
    for (const command of [['migrate'], ['status'], ['rebuild', '--verify'], ['index', 'check'], ['key', 'list'], ['events', '--json']])
      expect({ command, ...(await cli(command, { env: { DATABASE_URL: url } })) }).toMatchObject({
        command,
        code: 0,
        stderr: expect.not.stringContaining('ibsafe-batch:'),
      });

    const names = connections(from);
    expect(names.filter((name) => name.includes('CLEAR'))).toEqual([]);
    const all = ['core', 'views', 'jobs', 'wake-ups', 'migrate', 'demo load', 'doctor', 'gate', 'index check', 'keys', 'maintenance'];
    expect([...new Set(names)]).toEqual(expect.arrayContaining(all.map((name) => `ibsafe-batch ${name}`)));
  });

  it.each(['require', 'verify-ca', 'verify-full', 'prefer'])('where TLS is optional, is spoken to in TLS with sslmode=%s', async (mode) => {
    cluster.configure({}, TLS_OPTIONAL);
    expect(await encrypted(address(mode.startsWith('verify') ? trusted(mode) : `sslmode=${mode}`))).toBe(true);
    cluster.configure({}, TLS_ONLY);
  });

  it('is spoken to in TLS when the address says nothing of it, and in clear text only when it says so', async () => {
    cluster.configure({}, TLS_OPTIONAL);
    await until(async () => (await encrypted(address(''))) && !(await encrypted(address('sslmode=disable'))));
    cluster.configure({}, TLS_ONLY);
  });

  it('is believed only with a certificate of the authority that the address names, for the host that it names', async () => {
    await expect(encrypted(address(`sslmode=verify-full&sslrootcert=${stranger.root}`))).rejects.toThrow(
      /certificate or ours does not pass .*sslrootcert/,
    );
    await expect(encrypted(address(trusted('verify-full'), '127.0.0.1'))).rejects.toThrow(/ERR_TLS_CERT_ALTNAME_INVALID/);
    expect(await encrypted(address(trusted('verify-ca'), '127.0.0.1'))).toBe(true);
    expect(await encrypted(address(`${trusted('verify-full')}&hostaddr=127.0.0.1`))).toBe(true);
    await expect(encrypted(address(`sslmode=require&sslrootcert=${stranger.root}`))).rejects.toThrow(/does not pass/);
    await expect(encrypted(address(`sslmode=verify-full&sslrootcert=${folder}/none.pem`))).rejects.toThrow(
      /none\.pem as sslrootcert.*cannot be read \(ENOENT\)/,
    );
  });

  it('is never spoken to in clear text because its certificate is wrong, where TLS is optional', async () => {
    cluster.configure({}, TLS_OPTIONAL);
    await until(() => encrypted(address('sslmode=disable')).then((is) => !is, () => false)); // prettier-ignore
    const from = logLength();
    const known = `sslrootcert=${ours.root}`;
    expect(await encrypted(address(known))).toBe(true);
    await expect(encrypted(address(`sslrootcert=${stranger.root}`))).rejects.toThrow(/does not pass .*clear text/);
    await expect(encrypted(address('ssl_max_protocol_version=TLSv1.1&ssl_min_protocol_version=TLSv1.1'))).rejects.toThrow(/clear text/);
    const { code, stderr } = await cli(['status'], { env: { DATABASE_URL: address(''), PGSSLROOTCERT: stranger.root } });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/does not pass/) });

    const expired = ours.issue('expired', 'DNS:localhost', -1);
    const wrong = {
      ssl_cert_file: copyFor(cluster, 'expired.pem', expired.certificate),
      ssl_key_file: copyFor(cluster, 'expired.key', expired.key),
    };
    cluster.configure(wrong, TLS_OPTIONAL);
    await until(() => encrypted(address(known)).then(() => false, () => true)); // prettier-ignore
    await expect(encrypted(address(`${known}&connect_timeout=8`))).rejects.toThrow(/does not pass \(CERT_HAS_EXPIRED\)/);
    expect(await encrypted(address('sslmode=prefer'))).toBe(true); // which knows nobody
    expect(connections(from).filter((name) => name.includes('CLEAR'))).toEqual([]);
    cluster.configure(servers, TLS_ONLY);
    await until(() => encrypted(address(known)).catch(() => false));
  });

  it('binds the channel where the address demands it, and is refused where it cannot', async () => {
    expect(await encrypted(address(`${trusted('verify-full')}&channel_binding=require`))).toBe(true);
    cluster.configure({}, ['hostssl all all all password', 'hostnossl all all all scram-sha-256']);
    await expect(encrypted(address(`${trusted('verify-full')}&channel_binding=require`))).rejects.toThrow(/channel_binding=require/);
    await expect(encrypted(address('sslmode=disable&channel_binding=require'))).rejects.toThrow(/channel_binding=require/);
    cluster.configure({}, TLS_ONLY);
  });

  it('knows us by a certificate of ours', async () => {
    cluster.configure({}, ['hostssl all all all cert', 'hostnossl all all all reject']);
    const certified = `${trusted('verify-full')}&sslcert=${client.certificate}&sslkey=${client.key}`;
    expect(await encrypted(`postgresql://batch@localhost:${cluster.port}/ibsafe?${certified}`)).toBe(true);
    await expect(encrypted(`postgresql://batch@localhost:${cluster.port}/ibsafe?${trusted('verify-full')}`)).rejects.toThrow(/certificate/);
    cluster.configure({}, TLS_ONLY);
  });

  it('is found through a socket, over IPv6, and with options that reach the session', async () => {
    cluster.configure({}, ['local all batch scram-sha-256', ...TLS_ONLY]);
    const socket = `postgresql://batch:${SECRET}@/ibsafe?host=${cluster.folder}&port=${cluster.port}&options=-c%20work_mem%3D7777kB`;
    const found = await withClient({ url: socket, name: 'test' }, (one) => one.query<{ work_mem: string }>('show work_mem'));
    expect(found.rows).toEqual([{ work_mem: '7777kB' }]);
    expect(await encrypted(address('sslmode=require', '[::1]'))).toBe(true);
    cluster.configure({}, TLS_ONLY);
  });

  it('is refused in a sentence when it stops to offer what the address demands, and used in clear text where that is allowed', async () => {
    cluster.configure({ ssl: 'off' }, TLS_OPTIONAL);
    await until(async () => (await admin<{ ssl: string }>('show ssl'))[0]?.ssl === 'off');
    const { code, stderr } = await cli(['status'], { env: { DATABASE_URL: address('sslmode=require&connect_timeout=9') } });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/demands TLS \(sslmode\), and the server offers none/),
    });
    expect(stderr).not.toContain(SECRET);
    expect(await encrypted(address('sslmode=prefer&connect_timeout=9'))).toBe(false);
    cluster.configure({ ssl: 'on' }, TLS_ONLY);
  });
});
