import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { withClient } from '../../src/database/connect.js';
import { migrate } from '../../src/migrations/migrate.js';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { findPgbouncer, startPgbouncer } from '../support/own-pgbouncer.js';
import { fillWithPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';

const programs = findPostgresPrograms();
const pooler = findPgbouncer();
const missing = [programs, pooler].flatMap((found) => ('missing' in found ? [found.missing] : []));
if (missing.length > 0) console.log(`a pooler before PostgreSQL not measured: ${missing.join('; ')}`);

(missing.length === 0 ? describe : describe.skip)('a pooler before the database', () => {
  const resources = new Resources();
  let cluster: OwnCluster;
  let direct: string;
  const before = async (settings: Readonly<Record<string, string>>): Promise<string> =>
    resources.use(await startPgbouncer('program' in pooler ? pooler.program : '', direct, settings)).url;

  beforeAll(async () => {
    cluster = resources.use(await startOwnCluster('bin' in programs ? programs.bin : ''));
    direct = cluster.createDatabase('ibsafe');
    await migrate(direct, { ibsafeTables: true });
  });
  afterAll(() => resources.end());

  it('that lends a session for as long as it is connected is worked through as it comes, with nothing of ours left in it', async () => {
    const url = await before({ pool_mode: 'session' });
    const patients = resources.use(await fillWithPatients({ url: direct, drop: () => Promise.resolve() }, 200));
    const service = await startTestService({ url }, { environment: { WORKER_LANES: '4' } });
    const { runId, end } = await runToEnd(service.url, { chunkSize: 10 });
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(end.generated).toBeGreaterThan(0);
    expect(await faultsOf(patients, runId)).toEqual([]);
    expect(service.core.wakeUps.listening).toBe(true);
    await service[Symbol.asyncDispose]();
    for (const command of [['migrate'], ['status'], ['doctor']])
      expect({ command, ...(await cli(command, { env: { DATABASE_URL: url } })) }).toMatchObject({ command, code: 0 });

    const app = new Client({ connectionString: url });
    await app.connect();
    const { rows } = await app.query(`select current_setting('search_path') as path, current_setting('row_security') as security`);
    await app.end();
    expect(rows).toEqual([{ path: '"$user", public', security: 'on' }]);
  });

  it.each([
    ['transaction', {}],
    ['statement', {}],
    ['transaction', { server_round_robin: '1', min_pool_size: '5' }],
    ['transaction', { default_pool_size: '1' }],
  ])('that lends it to others in between (pool_mode = %s, %j) is refused in a sentence, and left as it was', async (pool_mode, more) => {
    const url = await before({ pool_mode, ...more });
    for (const command of [['start'], ['status'], ['index', 'check'], ['migrate']]) {
      const { code, stderr } = await cli(command, { env: { DATABASE_URL: url } });
      expect({ command, code, stderr }).toMatchObject({
        command,
        code: 1,
        stderr: expect.stringMatching(/pool_mode = transaction or statement.*pool_mode = session/s),
      });
    }
    const app = new Client({ connectionString: url });
    await app.connect();
    const { rows } = await app.query(`select current_setting('search_path') as path`);
    await app.end();
    expect(rows).toEqual([{ path: '"$user", public' }]);
  });

  it('that has no second session to lend is refused in a sentence that names the setting', async () => {
    const url = await before({ pool_mode: 'session', default_pool_size: '1', reserve_pool_size: '0' });
    const connecting = withClient({ url: `${url}?connect_timeout=2`, name: 'test' }, () => Promise.resolve());
    await expect(connecting).rejects.toThrow(/no second session.*default_pool_size/);
  });

  it('that does not take a setting of the address is refused in a sentence that names it, unless it is told to ignore it', async () => {
    const options = '?options=-c%20work_mem%3D8MB';
    const strict = await before({ pool_mode: 'session' });
    await expect(withClient({ url: strict + options, name: 'test' }, () => Promise.resolve())).rejects.toThrow(
      /startup parameter options.*ignore_startup_parameters/s,
    );
    const lenient = await before({ pool_mode: 'session', ignore_startup_parameters: 'options' });
    await expect(withClient({ url: lenient + options, name: 'test' }, () => Promise.resolve('connected'))).resolves.toBe('connected');
  });
});
