import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeHead } from '../../src/eventlog/log-heads.js';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { cli, documents, type Ended } from '../support/cli-process.js';
import { createYears, type Years } from '../support/years.js';

const MONTHS = 4;
const KEEP = ['--keep', String(MONTHS - 1)];

describe('retention and archive', () => {
  let years: Years;
  let month: string;
  let runId: string;
  let archive: string;

  beforeAll(async () => {
    years = await createYears(MONTHS);
    await years.settle();
    [month = ''] = await years.months();
    archive = join(years.archiveDir, archiveName(month));
    const [run] = await years.rows<{ id: string }>('select run_id as id from batch.run_view where run_month = $1::date limit 1', [month]);
    runId = run?.id ?? '';
  });
  afterAll(async () => years[Symbol.asyncDispose]());

  const run = (
    args: readonly string[],
    env: Readonly<Record<string, string>> = { RETENTION_ARCHIVE_DIR: years.archiveDir },
  ): Promise<Ended> => cli([...args, '--lang', 'en'], { env: { DATABASE_URL: years.url, ...env } });

  it('say what would go, and refuse where neither months nor a folder are named', async () => {
    expect(await run(['retention', 'plan'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--keep 24') });
    expect((await run(['retention', 'plan', ...KEEP])).stdout).toMatch(new RegExp(`${month.slice(0, 7)} .*to be let go`));
    expect(await run(['retention', 'run', ...KEEP], {})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('RETENTION_ARCHIVE_DIR'),
    });
  });

  it('let a month go, and read it from its archive: whole, by run and by user', async () => {
    const before = await years.rows<{ line: string }>(
      'select row_to_json(e)::text as line from batch.event_log e where run_month = $1::date order by e.xid, e.position',
      [month],
    );
    const done = await run(['retention', 'run', ...KEEP, '--json']);
    expect(done).toMatchObject({ code: 0 });
    expect(documents(done.stdout)).toMatchObject([{ status: 'DONE', letGo: [{ month }], held: [] }]);
    const read = await run(['archive', 'read', archive]);
    expect(read.stdout.trimEnd().split('\n')).toEqual(before.map(({ line }) => line));
    const mine = documents((await run(['archive', 'read', archive, '--run', runId, '--user', '3', '--json'])).stdout);
    expect(mine.map((event) => [event['run_id'], event['type']])).toEqual([[runId, 'InterventionGenerated']]);
    expect(mine[0]).toMatchObject({ subject: expect.any(Number) }); // the archive names no person
    // Whom the database led to is in the audit of reads, and nothing is shown where that cannot be written.
    const reads = 'select p.what, p.via, u.user_id from batch.person_read p join batch.person_read_user u on u.read_id = p.id';
    expect(await years.rows(reads)).toEqual([{ what: 'archive read', via: 'COMMAND', user_id: 3 }]);
    await years.rows('alter table batch.person_read rename to person_read_away');
    expect(await run(['archive', 'read', archive, '--user', '3'])).toMatchObject({ code: 1, stdout: '' });
    await years.rows('alter table batch.person_read_away rename to person_read');
    expect((await run(['archive', 'verify', archive])).stdout).toContain('the one that the log tells of');
    expect(await run(['events', runId])).toMatchObject({ code: 1, stderr: expect.stringContaining(`archive read ${archiveName(month)}`) });
    expect((await run(['watch', runId])).code).toBe(3); // it ended with failed users, and says so
  });

  it('list the heads of the days, in the language that is asked for', async () => {
    expect((await run(['audit', 'chain'])).stdout).toContain('There is no head yet');
    const head = await writeHead(years.pool);
    const listed = await run(['audit', 'chain', '--json']);
    expect(documents(listed.stdout)).toMatchObject([{ heads: [{ number: 1, day: head?.day, hash: head?.hash, links: head?.links }] }]);
    expect((await run(['audit', 'chain', '--month', head?.day.slice(0, 7) ?? ''])).stdout).toContain(`head 1  ${head?.links} appends`);
    const korean = await cli(['audit', 'chain', '--month', '2001-01', '--lang', 'ko'], { env: { DATABASE_URL: years.url } });
    expect(korean.stdout).toContain('그 달의 헤드가 없습니다');
    expect(await run(['audit', 'chain', '--month', '2001-13'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('such as 2026-03'),
    });
  });

  it('find an archive that was changed and packed anew, and one that is damaged', async () => {
    const changed = join(years.archiveDir, 'changed.ndjson.gz');
    await writeFile(changed, (await readFile(archive)).subarray(0, 500));
    expect(await run(['archive', 'verify', changed])).toMatchObject({ code: 1, stderr: expect.stringContaining('is damaged') });
    expect(await run(['archive', 'read', changed])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing of it is to be relied on'),
    });
    const { createHash } = await import('node:crypto');
    const lines = gunzipSync(await readFile(archive))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const body = lines.slice(0, -1).map((line) => line.replace(/"subject":\d+,/, '"subject":4,'));
    const { manifest } = JSON.parse(lines.at(-1) ?? '') as { manifest: object };
    const sha256 = createHash('sha256')
      .update(body.map((line) => `${line}\n`).join(''))
      .digest('hex');
    await writeFile(changed, gzipSync([...body, JSON.stringify({ manifest: { ...manifest, sha256 } }), ''].join('\n')));
    expect(await run(['archive', 'verify', changed, '--alone'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('do not fit the chain'),
    });
    const head = { number: 1, day: '2026-01-01', hash: '0'.repeat(64) };
    await writeFile(changed, gzipSync([...lines.slice(0, -1), JSON.stringify({ manifest: { ...manifest, head } }), ''].join('\n')));
    expect(await run(['archive', 'verify', changed, '--alone'])).toMatchObject({ code: 0 });
    expect(await run(['archive', 'verify', changed])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('not the one that the log tells of'),
    });
    expect(await run(['archive', 'verify', '/nowhere.gz'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });
});
