import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/migrations/migrate.js';
import { runToEnd } from '../support/batch-client.js';
import { findPostgresPrograms, startOwnCluster } from '../support/own-cluster.js';
import { fillWithPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { rows, told } from '../support/restored.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const programs = findPostgresPrograms();
if ('missing' in programs) console.warn(`skipped: a restore to a point in time, because ${programs.missing}`);
const bin = 'bin' in programs ? programs.bin : '';

('missing' in programs ? describe.skip : describe)(
  'a restore to a point in time, by a base backup and an archive of the write-ahead log',
  () => {
    const resources = new Resources();
    const scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-pitr-'));
    afterAll(async () => {
      await resources.end();
      rmSync(scratch, { recursive: true, force: true });
    });

    it('has all that was before the point and nothing after it, on a new time line that the log takes for a new era', async () => {
      const archive = join(scratch, 'archive');
      chmodSync(scratch, 0o755);
      mkdirSync(archive);
      chmodSync(archive, 0o777); // the server writes there, as another user
      const source = resources.use(
        await startOwnCluster(bin, {}, { flags: `-c archive_mode=on -c archive_command='cp %p ${archive}/%f'` }),
      );
      const url = source.createDatabase('ibsafe');
      await migrate(url, { ibsafeTables: true });
      const database = resources.use(await fillWithPatients({ url, drop: () => Promise.resolve() }, 40));
      const runs: string[] = [];
      {
        await using service = await startTestService(database);
        runs.push((await runToEnd(service.url)).runId);
        source.run('pg_basebackup', '-D', join(scratch, 'base'), '-X', 'none', '-c', 'fast', '-d', source.url());
        runs.push((await runToEnd(service.url, { onExisting: 'REGENERATE' })).runId);
        await rows(url, "select pg_create_restore_point('before_the_mistake')");
        runs.push((await runToEnd(service.url, { onExisting: 'REGENERATE' })).runId);
      }
      const [last] = await rows<{ segment: string }>(url, 'select pg_walfile_name(pg_switch_wal()) as segment');
      await until(async () => (await rows(url, `select from pg_stat_archiver where last_archived_wal >= '${last?.segment}'`)).length === 1);

      const recovery = {
        restore_command: `cp ${archive}/%f %p`,
        recovery_target_name: 'before_the_mistake',
        recovery_target_action: 'promote',
      };
      const to = resources.use(await startOwnCluster(bin, {}, { backup: { folder: join(scratch, 'base'), recovery } }));
      const place = to.url('ibsafe');
      await until(async () => (await rows<{ done: boolean }>(place, 'select not pg_is_in_recovery() as done'))[0]?.done === true);
      expect(await rows(place, 'select run_id as run from batch.run_view order by requested_at')).toEqual(
        runs.slice(0, 2).map((run) => ({ run })),
      );
      expect((await told(place))['order of the log']).toMatchObject({
        status: 'ok',
        found: expect.stringContaining('era 1 begins with the first start'),
      });
      await using service = await startTestService({ url: place });
      await runToEnd(service.url, { onExisting: 'REGENERATE' });
      expect((await told(place))['order of the log']).toMatchObject({ status: 'ok', found: expect.stringContaining('in its era (1)') });
    });
  },
);
