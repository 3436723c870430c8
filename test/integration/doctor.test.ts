import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/config.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { judgeClock } from '../../src/doctor/database.js';
import { judgeDisk, judgeNode, runDoctor, type Finding } from '../../src/doctor/run-doctor.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { catalogueOf } from '../support/catalogue-of.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { Client } from 'pg';

const examine = (url: string, more: Record<string, string> = {}, invariants = false): Promise<readonly Finding[]> =>
  runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: url, ...more }), { invariants });
const about = (findings: readonly Finding[], check: string): Finding | undefined => findings.find((finding) => finding.check === check);
const amiss = (findings: readonly Finding[]): Finding[] => findings.filter(({ status }) => status !== 'ok');

describe('the doctor, at a database that was migrated', () => {
  let batch: TestBatch;
  const query = async (text: string, values: unknown[] = []): Promise<void> => void (await batch.pool.query(text, values));

  beforeEach(async () => {
    batch = await createTestBatch({ users: 12 });
    await query(
      `insert into batch.worker (worker_id, host, pid, roles, lanes, version) values (gen_random_uuid(), 'here', 1, 'all', 4, '0')`,
    );
  });
  afterEach(() => batch.close());

  it('finds nothing amiss where nothing is, and gives no advice then', async () => {
    await batch.run();
    const findings = await examine(batch.url, {}, true);
    // Other tests may hold a transaction open for longer than the doctor likes: the log is looked at below.
    expect(amiss(findings).filter(({ check }) => check !== 'log')).toEqual([]);
    expect(findings.filter(({ status, advice }) => (status === 'ok') !== (advice === null))).toEqual([]);
    expect(findings.filter(({ check }) => check.startsWith('invariant: '))).toHaveLength(13);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['Node', 'connection', 'PostgreSQL', 'clock', 'migrations', 'job store', 'log', 'workers and runs']),
    );
  });

  it('names each table, column and type of IBSafe’s that is not as expected', async () => {
    await query('drop table public.ibsafe_food cascade');
    await query('alter table public.ibsafe_userprofile drop column has_egg_allergy');
    await query('alter table public.ibsafe_interventionrecord alter column exercise_target type numeric');
    const found = about(await examine(batch.url), "IBSafe's tables");
    expect(found).toMatchObject({ status: 'problem', advice: expect.stringContaining('DATABASE_URL') });
    expect(found?.found).toBe(
      'missing or of another type: ibsafe_interventionrecord.exercise_target (numeric, expected int4), ibsafe_userprofile.has_egg_allergy, table ibsafe_food',
    );
  });

  it('advises an index by a statement that makes it', async () => {
    await query('drop index public.ibsafe_userfoodrecord_user_id_record_date_idx');
    const check = "indexes of IBSafe's tables";
    const lacking = about(await examine(batch.url), check);
    expect(lacking).toMatchObject({ status: 'warning', found: expect.stringContaining('ibsafe_userfoodrecord') });
    const [statement] = /create index .*?;/.exec(lacking?.advice ?? '') ?? [];
    await query(statement ?? '');
    expect(about(await examine(batch.url), check)).toMatchObject({ status: 'ok' });
  });

  it('names the rights that a role lacks, by statements that give them', async () => {
    const role = `doctor_${randomUUID().replaceAll('-', '')}`;
    await query(`create role ${role} login password 'secret-of-the-test'`);
    const url = Object.assign(new URL(batch.url), { username: role, password: 'secret-of-the-test' }).href;
    const checks = ['rights on schema batch', "rights on IBSafe's tables"];
    try {
      const ibsafe = about(await examine(url), "rights on IBSafe's tables");
      expect(ibsafe?.status).toBe('problem');
      for (const right of ['select on public.auth_user', 'insert on public.ibsafe_interventionrecord', 'usage on sequence']) {
        expect(ibsafe?.found).toContain(right);
      }
      for (const [grant] of (ibsafe?.advice ?? '').matchAll(/grant [^;]*;/g)) await query(grant);
      for (const step of ['use schema batch', 'belongs to']) {
        const own = about(await examine(url), 'rights on schema batch');
        expect(own).toMatchObject({ status: 'problem', found: expect.stringContaining(step) });
        await query(/grant [^;]*;/.exec(own?.advice ?? '')?.[0] ?? '');
      }
      const findings = await examine(url);
      expect(checks.map((check) => about(findings, check)?.status)).toEqual(['ok', 'ok']);
      expect(JSON.stringify(findings)).not.toContain('secret-of-the-test');
    } finally {
      await query(`drop owned by ${role}`);
      await query(`drop role ${role}`);
    }
  });

  it('tells of jobs that a dead process holds, of runs without a process, and of no worker at all', async () => {
    await batch.request();
    await query(`update batch.run_view set planned_at = planned_at - interval '1 minute'`);
    await query(
      `insert into batch.agenda_jobs (name, locked_at, last_modified_by) values ('run: lane', now(), gen_random_uuid()::text),
        ('run: plan', now(), (select worker_id::text from batch.worker where stopped_at is null limit 1))`,
    );
    const first = await examine(batch.url);
    expect(about(first, 'job store')).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('2 jobs in PostgreSQL, 1 of them locked'),
    });
    expect(about(first, 'workers and runs')).toMatchObject({ status: 'warning', advice: expect.stringContaining('sweep') });
    await query('update batch.worker set stopped_at = now()');
    const second = about(await examine(batch.url), 'workers and runs');
    expect(second).toMatchObject({ status: 'warning', advice: expect.stringContaining('ibsafe-batch.mjs start') });
    expect(second?.found).toMatch(/^0 processes.*no process works on run [-0-9a-f]{36}$/);
  });

  it('tells of clocks that differ by more than five seconds, in either direction', async () => {
    const { pool } = batch;
    const skewed = (ms: number): Promise<unknown> => judgeClock(pool, () => Date.now() + ms);
    expect(await skewed(0)).toMatchObject({ status: 'ok' });
    expect(await skewed(60_000)).toMatchObject({ status: 'warning', found: expect.stringContaining('behind') });
    expect(await skewed(-60_000)).toMatchObject({ status: 'warning', found: expect.stringContaining('ahead') });
  });

  it('tells of a breach as a problem', async () => {
    await batch.run();
    await query('update batch.run_view set roster = 99');
    const breached = amiss(await examine(batch.url, {}, true)).filter(({ check }) => check !== 'log');
    expect(breached.length).toBeGreaterThan(0);
    expect(breached.every(({ check, status }) => check.startsWith('invariant: ') && status === 'problem')).toBe(true);
  });

  it('tells of a MongoDB that does not answer, and shows no password', async () => {
    const findings = await examine(batch.url, { MONGODB_URL: 'mongodb://batch:secret-of-the-test@127.0.0.1:1/jobs' });
    expect(about(findings, 'job store')).toMatchObject({ status: 'warning', advice: expect.stringContaining('MONGODB_URL') });
    expect(JSON.stringify(findings)).not.toContain('secret-of-the-test');
  });
});

describe('the doctor, before the first start', () => {
  it('says which migrations are missing and makes none of them', async () => {
    const database = await createEmptyDatabase();
    const client = new Client({ connectionString: database.url });
    try {
      await client.connect();
      await createIbsafeTables(client);
      const before = [await catalogueOf(database.url, 'public'), (await client.query('select nspname from pg_namespace order by 1')).rows];
      const findings = await examine(database.url, {}, true);
      expect(about(findings, 'migrations')).toMatchObject({
        status: 'problem',
        advice: expect.stringContaining('ibsafe-batch.mjs migrate'),
      });
      expect(about(findings, 'rights on schema batch')).toMatchObject({ status: 'ok' });
      expect(about(findings, 'workers and runs')).toBeUndefined();
      const after = [await catalogueOf(database.url, 'public'), (await client.query('select nspname from pg_namespace order by 1')).rows];
      expect(after).toEqual(before);
    } finally {
      await client.end();
      await database.drop();
    }
  });

  it('says that a server does not answer, and shows no password', async () => {
    const findings = await examine('postgresql://batch:secret-of-the-test@127.0.0.1:1/ibsafe');
    expect(about(findings, 'connection')).toMatchObject({ status: 'problem', found: expect.stringContaining('ECONNREFUSED') });
    expect(about(findings, 'PostgreSQL')).toBeUndefined();
    expect(JSON.stringify(findings)).not.toContain('secret-of-the-test');
  });

  it('makes no embedded database where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-doctor-'));
    try {
      const findings = await runDoctor(readConfig({ DATA_DIR: join(folder, 'data') }), { invariants: true });
      expect(about(findings, 'connection')).toMatchObject({ status: 'ok', found: expect.stringContaining('first start') });
      expect(about(findings, 'disk')?.found).toMatch(/^\d+ MiB free for /);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the doctor, at a machine', () => {
  it.each([
    ['18.20.4', 'problem'],
    ['22.16.0', 'problem'],
    ['22.17.0', 'ok'],
    ['24.21.0', 'ok'],
    ['26.0.0', 'ok'],
  ])('says of Node %s: %s', (version, status) => {
    expect(judgeNode(version)).toMatchObject({ status });
  });

  it('measures the disk of a folder that is still to be made by the one it will be in', async () => {
    const [there, missing] = [await judgeDisk(tmpdir()), await judgeDisk(join(tmpdir(), randomUUID(), 'data'))];
    expect(missing.status).toBe(there.status);
  });
});
