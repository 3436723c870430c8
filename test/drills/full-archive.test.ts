import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { archiveFolderState } from '../../src/doctor/archive-folder.js';
import { readConfig } from '../../src/config/config.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { judgeRetention } from '../../src/doctor/retention.js';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { verifyArchive } from '../../src/lifecycle/archive/read-archive.js';
import { whyHeld } from '../../src/lifecycle/retention/refusal-words.js';
import { runRetention } from '../../src/lifecycle/retention/run-retention.js';
import { lacksSmallDisk, smallDisk } from '../support/small-disk.js';
import { createYears, MONTHS, type Years } from '../support/years.js';

const lacking = lacksSmallDisk === undefined ? '' : ` (not measured: ${lacksSmallDisk})`;

(lacksSmallDisk === undefined ? describe : describe.skip)(`A disk for archives${lacking}`, () => {
  let years: Years;
  let months: string[];
  beforeAll(async () => {
    years = await createYears();
    await years.settle();
    months = await years.months();
  });
  afterAll(async () => years[Symbol.asyncDispose]());

  const eventsOf = async (month: string): Promise<number> =>
    (await years.rows('select from batch.event_log where run_month = $1::date', [month])).length;
  const told = async (): Promise<number> => (await years.rows(`select from batch.event where type = 'MonthLetGo'`)).length;

  it('that is full, then takes no writes, keeps every month in the log, says what to do, leaves no half file, and is used when it can be', async () => {
    using disk = smallDisk('64k');
    const [first = '', second = ''] = months;
    const ground = { ...years.ground, archiveDir: disk.folder };
    const before = [await eventsOf(first), await eventsOf(second)];
    const run = () => runRetention(ground, MONTHS - 2, 60_000);

    const free = disk.fill();
    const full = await run();
    expect(full).toEqual({
      status: 'DONE',
      letGo: [],
      held: [first, second].map((month) => ({ month, held: { code: 'ARCHIVE_NO_ROOM', count: 1, runId: null, fault: 'ENOSPC' } })),
    });
    expect(await readdir(disk.folder)).toEqual(['filler']);
    const config = readConfig({ RETENTION_ARCHIVE_DIR: disk.folder, RETENTION_KEEP_MONTHS: String(MONTHS - 2), DATA_DIR: '/' });
    expect(await judgeRetention(config, years.pool)).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/; 0 MiB are free for /),
      advice: expect.stringContaining('RETENTION_ARCHIVE_DIR'),
    });

    free();
    disk.mount('ro');
    expect(await archiveFolderState(disk.folder, '/')).toEqual({ state: 'REFUSES', fault: 'EROFS' });
    const readOnly = await run();
    expect(readOnly).toMatchObject({ letGo: [], held: [{ held: { code: 'ARCHIVE_UNWRITABLE', fault: 'EROFS' } }, {}] });
    const [held] = readOnly.status === 'DONE' ? readOnly.held : [];
    expect(held && whyHeld(held.month, held.held).text).toMatch(/stays: its archive could not be written .*\(EROFS\).*retention run/);
    expect([await eventsOf(first), await eventsOf(second), await told()]).toEqual([...before, 0]);
    expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);

    disk.mount('rw');
    expect(await run()).toMatchObject({ letGo: [{ month: first }, { month: second }], held: [] });
    for (const month of [first, second]) expect(await verifyArchive(`${disk.folder}/${archiveName(month)}`)).toMatchObject({ month });
    expect([await eventsOf(first), await told()]).toEqual([0, 2]);
  });
});
