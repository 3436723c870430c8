import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../src/database/connect.js';
import { isPassing } from '../../src/database/through-passing-faults.js';
import { missingOpenssl, ownAuthority, type OwnAuthority } from '../support/own-ca.js';
import { copyFor, findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { Resources } from '../support/resources.js';
import { until } from '../support/until.js';

const programs = findPostgresPrograms();
const missing = 'missing' in programs ? programs.missing : missingOpenssl();
if (missing !== undefined) console.log(`TLS that changes under a running process not measured: ${missing}`);

const EITHER = ['host all all all trust'];
const TLS_ONLY = ['hostssl all all all trust', 'hostnossl all all all reject'];
const CLEAR_ONLY = ['hostssl all all all reject', 'hostnossl all all all trust'];

/** Whether a connection of ours is encrypted. */
const encrypted = async (url: string): Promise<boolean> =>
  withClient({ url, name: 'test' }, async (one) => {
    const { rows } = await one.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl === true;
  });

(missing === undefined ? describe : describe.skip)('a PostgreSQL whose TLS changes while a process runs', () => {
  const resources = new Resources();
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-rotated-'));
  let cluster: OwnCluster;
  let ours: OwnAuthority;
  let stranger: OwnAuthority;
  /** Each name is another address: what is known of one is not known of the next. */
  const address = (name: string, query = ''): string =>
    `postgresql://postgres@localhost:${cluster.port}/postgres?application_name=${name}${query}`;

  beforeAll(async () => {
    cluster = resources.use(await startOwnCluster('bin' in programs ? programs.bin : ''));
    ours = ownAuthority(folder, 'ours');
    stranger = ownAuthority(folder, 'stranger');
    const { certificate, key } = ours.issue('server', 'DNS:localhost');
    const files = { ssl_cert_file: copyFor(cluster, 'server.pem', certificate), ssl_key_file: copyFor(cluster, 'server.key', key) };
    cluster.configure({ ...files, ssl: 'on' }, EITHER);
    await until(() => encrypted(address('on', '&sslmode=require')).catch(() => false));
  });
  afterAll(async () => {
    await resources.end();
    rmSync(folder, { recursive: true });
  });

  it('is known by the file of authorities as it is now', async () => {
    const root = join(folder, 'root.pem');
    const url = address('root', `&sslmode=verify-full&sslrootcert=${root}`);
    for (const [authority, passes] of [
      [ours, true],
      [stranger, false],
      [ours, true],
    ] as const) {
      writeFileSync(root, readFileSync(authority.root));
      const found = await encrypted(url).catch((error: Error) => error.message);
      expect(found).toEqual(passes || expect.stringMatching(/does not pass .*sslrootcert/));
    }
  });

  it('costs one try, which passes by itself, when it is reached in clear text alone, and again in TLS alone', async () => {
    const url = address('rules');
    expect(await encrypted(url)).toBe(true);
    const faults: unknown[] = [];
    const tried = (expected: boolean): Promise<void> =>
      until(() => encrypted(url).then((found) => found === expected, (error: unknown) => faults.push(error) < 0)); // prettier-ignore
    cluster.configure({}, CLEAR_ONLY);
    await tried(false);
    cluster.configure({}, TLS_ONLY);
    await tried(true);
    expect(faults.map((fault) => (fault as Error).message)).toEqual([1, 2].map(() => expect.stringMatching(/reached in another way/)));
    expect(faults.map(isPassing)).toEqual([true, true]);
    cluster.configure({}, EITHER);
  });

  it('is asked for TLS again after a minute in clear text', async () => {
    cluster.configure({ ssl: 'off' }, EITHER);
    await until(() => encrypted(address('off', '&sslmode=require')).then(() => false, () => true)); // prettier-ignore
    const url = address('minute');
    expect(await encrypted(url)).toBe(false);
    cluster.configure({ ssl: 'on' }, EITHER);
    await until(() => encrypted(address('on-again', '&sslmode=require')).catch(() => false));
    const later = performance.now() + 60_001;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    expect(await encrypted(url)).toBe(true);
    clock.mockRestore();
  });
});
