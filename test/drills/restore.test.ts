import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { migrate } from '../../src/migrations/migrate.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { fillWithPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { rows, told } from '../support/restored.js';
import { createServiceRoles } from '../support/service-roles.js';
import { startServiceProcess } from '../support/service-process.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const programs = findPostgresPrograms();
if ('missing' in programs) console.warn(`skipped: the restore drill, because ${programs.missing}`);
const bin = 'bin' in programs ? programs.bin : '';

('missing' in programs ? describe.skip : describe)('a backup of a night that was in full swing', () => {
  const resources = new Resources();
  const scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-restore-'));
  const dump = join(scratch, 'night.dump');
  let source: OwnCluster;
  let url = '';
  let runId = '';
  let role = '';

  beforeAll(async () => {
    source = resources.use(await startOwnCluster(bin));
    url = source.createDatabase('ibsafe');
    await migrate(url, { ibsafeTables: true });
    const database = resources.use(await fillWithPatients({ url, drop: () => Promise.resolve() }, 200));
    await using roles = await createServiceRoles(url);
    {
      await using service = await startTestService(database);
      await runToEnd(service.url);
      runId = await begin(service.url, { chunkSize: 5, onExisting: 'REGENERATE' });
      await until(async () => (await rows(url, `select from batch.event where run_id = '${runId}' and user_id is not null`)).length > 0);
    }
    // A worker that holds a chunk in the moment of the dump: it is killed, and signs nothing out.
    const worker = await startServiceProcess({ url }, 'worker', { WORKER_LANES: '1', BATCH_LEASE_MS: '2000' });
    await until(
      async () =>
        (await rows(url, 'select from batch.chunk_work where owner is not null and not done and lease_until > now()')).length > 0 ||
        (await rows(url, `select from batch.run_view where run_id = '${runId}' and ended_at is not null`)).length > 0,
    );
    await worker[Symbol.asyncDispose]();
    source.run('pg_dump', '-Fc', '-f', dump, url);
    role = roles.service;
  });
  afterAll(async () => {
    await resources.end();
    rmSync(scratch, { recursive: true, force: true });
  });

  const restored = async (): Promise<string> => {
    const to = resources.use(await startOwnCluster(bin));
    const place = to.createDatabase('ibsafe');
    to.run('pg_restore', '--no-owner', '--no-privileges', '-d', place, dump);
    return place;
  };

  it('is told what of it happens by itself, and what somebody must do, before anything is started', async () => {
    const place = await restored();
    const said = await told(place);
    expect(Object.entries(said).filter(([, { status }]) => status === 'problem')).toEqual([]);
    expect(said['order of the log']).toMatchObject({ status: 'ok', found: expect.stringContaining('era 1 begins with the first start') });
    expect(said['roles']).toMatchObject({
      status: 'warning',
      found: expect.stringContaining(role),
      advice: expect.stringContaining('roles.sql'),
    });
    expect(said['months of the log']?.status).toBe('ok');
    expect(said['IBSafe and log']).toMatchObject({ status: 'ok', found: expect.stringMatching(/the log ends at 20/) });
    expect(said['erasures']).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/the log ends at 20.*is known again/),
      advice: expect.stringContaining('erase --user'),
    });
    expect(said['jobs']?.status).toBe('ok');
    expect((await told(place, { MONGODB_URL: 'mongodb://127.0.0.1:1/jobs' }))['jobs']).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining('schedule sync'),
    });
    expect(await rows(place, 'select era from batch.log_era')).toEqual([{ era: 0 }]); // a look changes nothing
  });

  it('goes on when it is started: the run ends, every user once, and the doctor finds it in order', async () => {
    const place = await restored();
    await rows(place, 'update batch.chunk_work set lease_until = now() where owner is not null and not done');
    await using service = await startTestService({ url: place });
    await until(
      async () => (await rows(place, `select from batch.run_view where run_id = '${runId}' and status = 'COMPLETED'`)).length === 1,
    );
    expect(
      await rows(
        place,
        `select count(*)::int - count(distinct user_id)::int as doubled from batch.event where run_id = '${runId}' and user_id is not null`,
      ),
    ).toEqual([{ doubled: 0 }]);
    await runToEnd(service.url, { onExisting: 'REGENERATE' });
    expect((await told(place))['order of the log']).toMatchObject({ status: 'ok', found: expect.stringContaining('in its era (1)') });
  });

  it.each([
    [
      'a month that is not in the backup',
      'alter table batch.event_log detach partition batch.event_{month}; drop table batch.event_{month}',
      'months of the log',
      'the log lacks',
    ],
    ["IBSafe's rows of an earlier backup", 'delete from public.ibsafe_interventionrecord', 'IBSafe and log', "are not in IBSafe's table"],
    [
      "IBSafe's rows of a later one",
      "update public.ibsafe_interventionrecord set created_at = now() + interval '1 hour' where id = (select max(id) from public.ibsafe_interventionrecord)",
      'IBSafe and log',
      '1 intervention was written after it',
    ],
    [
      'a clock that is behind',
      "insert into batch.slot (schedule_id, slot, fired, reason, misfire) select schedule_id, now() + interval '1 day', false, 'OVERLAP', false from batch.schedule_view limit 1",
      'slots',
      '1 slot is recorded that is still to come',
    ],
    ['a run that was paused', "update batch.run_view set status = 'PAUSED', ended_at = null", 'runs', 'paused, the first is'],
  ])('is told of %s', async (_, statement, check, found) => {
    const place = await restored();
    const [newest] = await rows<{ month: string }>(place, "select to_char(max(run_month), 'YYYY_MM') as month from batch.run_view");
    await rows(place, statement.replaceAll('{month}', newest?.month ?? ''));
    const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: place });
    const findings = await runDoctor(config, { invariants: false, afterRestore: true });
    expect(findings.find((finding) => finding.check === `after restore: ${check}`)).toMatchObject({
      status: 'warning',
      found: expect.stringContaining(found),
      advice: expect.any(String),
    });
  });
});
