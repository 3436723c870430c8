import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { textWidth } from '../../src/cli/screen/text-width.js';
import { cli, documents, type Ended } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a document's form is what the tests assert
type Document = any;

let cwd: string;
let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  rmSync(cwd, { recursive: true });
});

const schedule = (...args: string[]): Promise<Ended> => cli(['schedule', ...args], { cwd, env: { DATABASE_URL: database.url } });

/** Without a database: a preview of something that is not saved needs none. */
const preview = (...args: string[]): Promise<Ended> => cli(['schedule', 'preview', ...args], { cwd });

/** A command's one document, and its exit code. */
async function json(...args: string[]): Promise<{ code: number | null; document: Document }> {
  const { code, stdout } = await schedule(...args, '--json');
  const [document, ...others] = documents(stdout);
  expect(others).toEqual([]);
  return { code, document };
}

describe('schedule', () => {
  it('takes a schedule through its life, with the versions that an operator saw', async () => {
    const settings = ['--frequency', 'weekly', '--hour', '7', '--minute', '30', '--day-of-week', '5', '--time-zone', 'Europe/London'];
    const policies = ['--generator', 'rules', '--catch-up', 'all', '--catch-up-window', '48', '--overlap', 'Queue', '--inactive'];
    const made = await json('create', '--name', '금요일 중재', ...settings, ...policies);
    expect(made).toMatchObject({
      code: 0,
      document: {
        name: '금요일 중재',
        frequency: 'WEEKLY',
        cron: '30 7 * * 5',
        timeZone: 'Europe/London',
        generator: 'RULES',
        overlap: 'QUEUE',
        catchUp: { policy: 'ALL', windowHours: 48 },
        status: 'PAUSED',
        version: 1,
        createdBy: 'cli',
        nextSlot: null,
      },
    });
    const { id } = made.document;
    expect(await json('resume', id)).toMatchObject({ code: 0, document: { status: 'ACTIVE', version: 2, nextSlot: { notes: [] } } });
    const changed = await json('update', id, '--hour', '8', '--generator', 'default', '--expected-version', '2');
    expect(changed).toMatchObject({ code: 0, document: { hour: 8, minute: 30, generator: null, version: 3 } });
    const late = await json('update', id, '--hour', '9', '--expected-version', '2');
    expect(late).toEqual({ code: 1, document: { rejected: { code: 'VERSION_CONFLICT', message: expect.stringContaining('found 3') } } });
    expect(await json('pause', id, '--reason', '점검')).toMatchObject({ code: 0, document: { status: 'PAUSED', pausedReason: '점검' } });
    const deleted = await schedule('delete', id, '--expected-version', '4');
    expect(deleted).toMatchObject({ code: 0, stdout: `Deleted "금요일 중재" (${id}), version 5\n`, stderr: '' });
    const gone = await schedule('resume', id);
    expect(gone).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('(SCHEDULE_NOT_FOUND)') });
  });

  it('takes a ready-by time, takes it away, and refuses one before the slot', async () => {
    const daily = ['--name', 'in time', '--frequency', 'daily', '--hour', '9', '--minute', '0'];
    const early = await preview(...daily, '--ready-by', '08:30');
    expect(early.code).not.toBe(0);
    expect(early.stderr + early.stdout).toContain('a time after the slot at 09:00');
    const made = await json('create', ...daily, '--ready-by', '09:30', '--inactive');
    expect(made).toMatchObject({ code: 0, document: { readyBy: '09:30' } });
    expect(await json('update', made.document.id, '--ready-by', 'none')).toMatchObject({ code: 0, document: { readyBy: null } });
    await schedule('delete', made.document.id);
  });

  it('lists schedules in columns that align under Korean names, and says what to do where there are none', async () => {
    const none = await schedule('list');
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('schedule init') });
    await schedule('init');
    await schedule('create', '--name', 'night', '--frequency', 'cron', '--cron', '*/20 2 * * *', '--time-zone', 'UTC');
    const { stdout } = await schedule('list');
    const [heads = '', ...rows] = stdout.trimEnd().split('\n');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(
      /^active {2}일일 중재 권고사항 생성 {2}Every day at 09:00 \(Asia\/Seoul time\) +\d{4}-\d\d-\d\d 09:00 \+09:00 +1 +1\d{6} +[0-9a-f-]{36}$/,
    );
    expect(rows[1]).toMatch(/^active {2}night +Every 20 minutes.*-\d\d-\d\d 02:[024]0 \+00:00 +1 +1\d{6} +[0-9a-f-]{36}$/);
    const idColumn = textWidth(heads.slice(0, heads.indexOf(' ID') + 1));
    for (const row of rows) expect(textWidth(row.slice(0, -36))).toBe(idColumn);
  });

  it('makes the default schedule once, and replaces everything only when forced', async () => {
    expect(await schedule('init')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--force') });
    const { code, document } = await json('init', '--force');
    expect(code).toBe(0);
    expect(document.deleted.map(({ name }: Document) => name)).toEqual(['일일 중재 권고사항 생성', 'night']);
    expect((await json('list')).document.schedules.map(({ id }: Document) => id)).toEqual([document.created.id]);
  });

  it('tells a drift by its exit code, and none after a sync', async () => {
    const missing = await schedule('status');
    expect(missing).toMatchObject({ code: 1, stdout: expect.stringMatching(/missing {4}schedule: 일일 중재 권고사항 생성 \(\w{6}\)\n/) });
    await schedule('sync');
    await client.query('update batch.agenda_jobs set disabled = true');
    expect((await json('status')).document.drift).toMatchObject({ missing: [], extra: [], different: [{ fields: ['enabled'] }] });
    const synced = await json('sync');
    expect(synced).toMatchObject({ code: 0, document: { added: [], changed: [expect.stringContaining('일일 중재')], removed: [] } });
    expect(await schedule('status')).toMatchObject({ code: 0, stdout: expect.stringContaining('Drift      none') });
  });

  it('imports IBSafe’s rows once, and ends with 1 while one of them cannot be taken', async () => {
    await client.query(`insert into ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at) overriding system value
      values (7, '월간', 'monthly', 6, 0, true, now(), now()), (8, 'broken', 'daily', 24, 0, true, now(), now())`);
    const first = await schedule('import');
    expect(first).toMatchObject({ code: 1, stdout: expect.stringContaining('1 imported, 0 known from before, 1 refused') });
    expect(first.stdout).toContain('row 8: hour: expected a whole number from 0 to 23, found 24');
    await client.query('update ibsafe_batchschedule set hour = 23 where id = 8');
    expect(await json('import')).toMatchObject({
      code: 0,
      document: { imported: [{ ibsafeId: 8 }], known: [{ ibsafeId: 7 }], refused: [] },
    });
  });
});

describe('schedule preview', () => {
  it('shows local times, UTC and what daylight saving does, and saves nothing', async () => {
    const { code, stdout } = await preview('--frequency', 'cron', '--cron', '30 1 * 3 sun', '--time-zone', 'Europe/London', '--count', '5');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines.filter((line) => /-\d\d 02:00 \+01:00 {2}\S+T01:00Z {2}the clocks skip 01:30 on that day/.test(line))).toHaveLength(1);
  });

  it.each([
    [['--frequency', 'hourly'], 'daily, weekly, monthly, cron'],
    [['--frequency', 'daily', '--hour', '24', '--minute', '0'], 'from 0 to 23'],
    [['--frequency', 'daily', '--hour', '9'], 'minute: expected a whole number from 0 to 59, found nothing'],
    [['--frequency', 'cron', '--cron', '0 0 31 2 *'], 'a cron that is due some day'],
    [['--frequency', 'daily', '--hour', '9', '--minute', '0', '--time-zone', 'Mars/Base'], 'IANA'],
    [['--frequency', 'daily', '--hour', '9', '--minute', '0', '--count', '101'], 'from 1 to 100'],
    [['not-an-id'], 'UUID'],
  ])('ends with 2 for %j and says what was expected', async (args, expected) => {
    const { code, stdout, stderr } = await preview(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});

describe('the width of a text on a terminal', () => {
  it.each([
    ['night', 5],
    ['일일 중재', 9],
    ['\u1112\u1161\u11AB\u1100\u116E\u11A8', 4], // two syllables, taken apart
    ['é', 1],
    ['✅', 2],
    ['👩🏽‍⚕️', 2],
    ['ＡＢ', 4],
    ['a\u200Bb', 2],
    ['', 0],
  ])('is for %s %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});
