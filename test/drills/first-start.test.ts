import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ensureFirstSchedule } from '../../src/application/schedules/first-schedule.js';
import { openLogger } from '../../src/cli/service/open-logger.js';
import { readConfig, type Config } from '../../src/config/config.js';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { openCore } from '../../src/runtime/core.js';
import { ensureFirstRun, ensurePatients } from '../../src/runtime/first-start.js';
import { cliDataDir } from '../support/cli-data-dir.js';
import { cli, documents, type CliProcess, type Ended } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const CONFIG: Config = readConfig({ DEMO_USERS: '60', DEMO_DAYS: '7', LOG_LEVEL: 'silent' });
const YESTERDAY = addDays(dateInZone(new Date(), 'Asia/Seoul'), -1);

describe('a first start, seen from outside', () => {
  const here = cliDataDir({ DEMO_USERS: '60', DEMO_DAYS: '14', DATA_DIR: 'data' });

  it("loads demo patients, runs last night's batch and says where the service answers; later starts find both", async () => {
    const first = await here.startService();
    expect(await runsNow()).toMatchObject([{ actor: 'first start', trigger: 'MANUAL', status: 'COMPLETED', recordDate: YESTERDAY }]);
    const told = (await stopped(first)).stderr;
    expect(told).toMatch(/Demo patients *: 100 %, 60 of 60/);
    expect(told).toMatch(/Last night's batch: 100 %/);
    expect(told).toMatch(
      /Run completed .*\n +generated +\d+\n +skipped +\d+ .*\n +failed +0\n.*Console +http.*Playground +http.*GraphQL +http.*ws:.*Health/s,
    );
    expect(told).toMatch(new RegExp(`60 demo patients \\(14 days until ${YESTERDAY}, seed 1\\), embedded PostgreSQL in .*data`));

    const second = await here.startService();
    expect(await runsNow()).toHaveLength(1);
    const toldLater = (await stopped(second)).stderr;
    expect(toldLater).toContain('60 demo patients');
    expect(toldLater).not.toMatch(/Demo patients|Last night/);
  });

  it.each([
    { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/nowhere.pem' },
    {
      PGHOST: '/nowhere',
      PGPORT: '1',
      PGUSER: 'other',
      PGPASSWORD: 'other',
      PGDATABASE: 'other',
      PGSSLMODE: 'require',
      PGOPTIONS: '-c search_path=',
    },
  ])('does not take for its own database what is said of another: %j', async (environment) => {
    const first = await here.startService({ DEMO_USERS: '0', ...environment });
    expect((await stopped(first)).stderr).toMatch(/Console +http/);
  });

  it("with records of more days begins with a night for each of them, and last night's batch is the next; it is made once", async () => {
    const first = await here.startService({ DEMO_DAYS: '20' });
    const told = (await stopped(first)).stderr;
    expect(told).toMatch(/Demo nights *: 100 %, 6 of 6/);
    expect(told).toMatch(/Last night's batch: 100 %/);
    const runs = (await runsNow()) as readonly { readonly recordDate: string; readonly trigger: string }[];
    expect(runs.map(({ recordDate }) => recordDate)).toContain(YESTERDAY);
    const again = await here.run(['demo', 'history', '--json']);
    expect(documents(again.stdout)).toEqual([{ status: 'ALREADY_MADE', nights: 6, seed: 1, until: YESTERDAY }]);
    expect((await here.run(['rebuild', '--verify'])).code).toBe(0);
    const doctor = await here.run(['doctor', '--invariants']);
    expect(doctor.code).toBe(0);

    const second = await here.startService({ DEMO_DAYS: '20' });
    const toldLater = (await stopped(second)).stderr;
    expect(toldLater).toContain('60 demo patients');
    expect(toldLater).not.toMatch(/Demo nights/);
  });

  it('on a log that holds events invents no night, and the command says why', async () => {
    expect((await here.run(['demo', 'load'], { DEMO_DAYS: '20' })).code).toBe(0);
    expect((await here.run(['schedule', 'init'])).code).toBe(0);
    const refused = await here.run(['demo', 'history']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('the log holds events already') });
    const service = await here.startService({ DEMO_DAYS: '20' });
    const told = (await stopped(service)).stderr;
    expect(told).toContain('60 demo patients');
    expect(told).not.toMatch(/Demo nights/);
  });

  it('that died between the patients and their run is made up for by the next', async () => {
    expect((await here.run(['demo', 'load', '--days', '7', '--until', '2026-03-10'])).code).toBe(0);
    const next = await here.startService();
    expect(await runsNow()).toMatchObject([{ actor: 'first start', recordDate: '2026-03-10', status: 'COMPLETED' }]);
    await stopped(next);
  });

  it('that is asked to stop while it loads ends with 0 and leaves no half of the patients', async () => {
    const interrupted = here.start(['start'], { DEMO_USERS: '20000' });
    await interrupted.said(/Demo patients *: 10 %/);
    interrupted.child.kill('SIGTERM');
    expect((await interrupted.ended).code).toBe(0);
    const next = await here.startService();
    expect((await stopped(next)).stderr).toContain('60 demo patients');
  });

  it('with DEMO_USERS=0 loads nobody and runs nothing', async () => {
    const service = await here.startService({ DEMO_USERS: '0' });
    expect(await runsNow()).toEqual([]);
    expect((await stopped(service)).stderr).toContain('No users yet, embedded PostgreSQL');
  });

  async function runsNow(): Promise<unknown> {
    return documents((await here.run(['status', '--json'])).stdout)[0]?.['runs'];
  }
});

describe('patients', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('are not loaded among users that no demo made', async () => {
    await sql(
      `insert into auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
       values ('!', false, 'someone', '', '', '', false, true, now())`,
    );
    expect(await patients()).toEqual({ kind: 'users', users: 1 });
  });

  it('are loaded once, and told from those that were there', async () => {
    expect(await patients()).toMatchObject({ kind: 'demo', isNew: true, demo: { users: 60, days: 7, until: YESTERDAY } });
    expect(await patients()).toMatchObject({ kind: 'demo', isNew: false, demo: { users: 60 } });
  });

  it('are asked to run once: an interrupted first run is taken up again, a finished one is not repeated', async () => {
    const found = await patients();
    if (found.kind !== 'demo') throw new Error('expected demo patients');
    const core = await openCore(CONFIG, database.url, openLogger('silent', 'stderr'));
    try {
      await ensureFirstSchedule(core.deps, 'test');
      const [first, again] = [await ensureFirstRun(core, found.demo), await ensureFirstRun(core, found.demo)];
      if (first?.status !== 'accepted' || again?.status !== 'accepted') throw new Error('expected a first run');
      expect([first.repeated, again.repeated]).toEqual([false, true]);
      expect(again.run.runId).toBe(first.run.runId);
      await core.pool.query('update batch.run_view set ended_at = now()');
      expect(await ensureFirstRun(core, found.demo)).toBeUndefined();
    } finally {
      await core.close();
    }
  });

  it('come with no schedule of our own where IBSafe’s was imported before the first start', async () => {
    await sql(`insert into ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at)
      overriding system value values (1, 'weekly', 'weekly', 7, 30, true, now(), now())`);
    expect(await cli(['schedule', 'import'], { env: { DATABASE_URL: database.url } })).toMatchObject({ code: 0 });
    const core = await openCore(CONFIG, database.url, openLogger('silent', 'stderr'));
    try {
      expect(await ensureFirstSchedule(core.deps, 'test')).toBe(false);
      const schedules = await core.deps.transaction((tx) => tx.schedules.all());
      expect(schedules.map(({ settings, status }) => [settings.name, status])).toEqual([['weekly', 'ACTIVE']]);
    } finally {
      await core.close();
    }
  });

  function patients(): ReturnType<typeof ensurePatients> {
    const opened = { url: database.url, embedded: true, adopted: false, stop: () => Promise.resolve(), keepUp: () => () => undefined };
    return ensurePatients(opened, CONFIG, () => undefined);
  }

  async function sql(text: string): Promise<void> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }
});

function stopped({ child, ended }: CliProcess): Promise<Ended> {
  child.kill('SIGTERM');
  return ended;
}
