import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { readConfig, type Config } from '../../src/config.js';
import { openCore } from '../../src/server/core.js';
import { ensureFirstSchedule } from '../../src/application/first-schedule.js';
import { runningPostmaster } from '../../src/server/embedded-postgres/postmaster-file.js';
import { stopPostmaster } from '../../src/server/embedded-postgres/stop-postmaster.js';
import { ensureFirstRun, ensurePatients } from '../../src/server/first-start.js';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { cli, documents, startCli, type CliProcess, type Ended } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { openLogger } from '../../src/cli/open-logger.js';

const CONFIG: Config = readConfig({ DEMO_USERS: '60', DEMO_DAYS: '7', LOG_LEVEL: 'silent' });
const YESTERDAY = addDays(dateInZone(new Date(), 'Asia/Seoul'), -1);

describe('a first start, seen from outside', () => {
  let dir: string;
  let others: CliProcess[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-first-'));
    chmodSync(dir, 0o755); // as root the database runs as another user
    others = [];
  });

  afterEach(async () => {
    for (const { child, ended } of others) {
      child.kill('SIGKILL');
      await ended;
    }
    const left = runningPostmaster(join(dir, 'data', 'postgres'));
    if (left !== undefined) await stopPostmaster(left.pid);
    rmSync(dir, { recursive: true, maxRetries: 5 });
  });

  it("loads demo patients, runs last night's batch and says where the service answers; later starts find both", async () => {
    const first = await startHere();
    expect(await runsNow()).toMatchObject([{ actor: 'first start', trigger: 'MANUAL', status: 'COMPLETED', recordDate: YESTERDAY }]);
    const told = (await stopped(first)).stderr;
    expect(told).toMatch(/Demo patients *: 100 %, 60 of 60/);
    expect(told).toMatch(/Last night's batch: 100 %/);
    expect(told).toMatch(
      /Run completed .*\n +generated +\d+\n +skipped +\d+ .*\n +failed +0\n.*Front page +http.*Playground +http.*GraphQL +http.*ws:.*Health/s,
    );
    expect(told).toMatch(new RegExp(`60 demo patients \\(14 days until ${YESTERDAY}, seed 1\\), embedded PostgreSQL in .*data`));

    const second = await startHere();
    expect(await runsNow()).toHaveLength(1);
    const toldLater = (await stopped(second)).stderr;
    expect(toldLater).toContain('60 demo patients');
    expect(toldLater).not.toMatch(/Demo patients|Last night/);
  });

  it('that died between the patients and their run is made up for by the next', async () => {
    expect((await on(['demo', 'load', '--days', '7', '--until', '2026-03-10'])).code).toBe(0);
    const next = await startHere();
    expect(await runsNow()).toMatchObject([{ actor: 'first start', recordDate: '2026-03-10', status: 'COMPLETED' }]);
    await stopped(next);
  });

  it('that is asked to stop while it loads ends with 0 and leaves no half of the patients', async () => {
    const interrupted = here(['start'], { DEMO_USERS: '20000' });
    await interrupted.said(/Demo patients *: 10 %/);
    interrupted.child.kill('SIGTERM');
    expect((await interrupted.ended).code).toBe(0);
    const next = await startHere();
    expect((await stopped(next)).stderr).toContain('60 demo patients');
  });

  it('with DEMO_USERS=0 loads nobody and runs nothing', async () => {
    const service = await startHere({ DEMO_USERS: '0' });
    expect(await runsNow()).toEqual([]);
    expect((await stopped(service)).stderr).toContain('No users yet, embedded PostgreSQL');
  });

  async function startHere(env: Record<string, string> = {}): Promise<CliProcess> {
    const service = here(['start'], env);
    await service.said(/Front page/);
    return service;
  }

  async function runsNow(): Promise<unknown> {
    return documents((await on(['status', '--json'])).stdout)[0]?.['runs'];
  }

  function here(args: readonly string[], env: Record<string, string>): CliProcess {
    const started = startCli(args, { cwd: dir, env: { DATA_DIR: 'data', DEMO_USERS: '60', ...env } });
    others.push(started);
    return started;
  }

  function on(args: readonly string[]): Promise<Ended> {
    return cli(args, { cwd: dir, env: { DATA_DIR: 'data', DEMO_USERS: '60' } });
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

  function patients(): ReturnType<typeof ensurePatients> {
    return ensurePatients({ url: database.url, embedded: true, adopted: false, stop: () => Promise.resolve() }, CONFIG, () => undefined);
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
