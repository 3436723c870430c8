import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { readArchive } from '../../src/lifecycle/archive/read-archive.js';
import { STEPS, type Step } from '../../src/lifecycle/retention/let-month-go.js';
import { startSourceProcess, type SourceProcess } from '../support/source-process.js';
import { createYears, MONTHS, type Years } from '../support/years.js';

const WHOLE = 'select row_to_json(e)::text as line from batch.event_log e where run_month = $1::date order by e.xid, e.position';

/** What is left of a month after a kill at a step: whether the log still has it, and whether its archive has its name. */
const LEFT: Readonly<Record<Step, { readonly inLog: boolean; readonly named: boolean }>> = {
  BEGUN: { inLog: true, named: false },
  WRITTEN: { inLog: true, named: false },
  VERIFIED: { inLog: true, named: false },
  NAMED: { inLog: true, named: true },
  DROPPED: { inLog: true, named: true },
  LET_GO: { inLog: false, named: true },
};

describe('A process that lets months go', () => {
  let years: Years;
  let months: string[];

  beforeAll(async () => {
    years = await createYears();
    await years.settle();
    months = await years.months();
  });
  afterAll(async () => years[Symbol.asyncDispose]());

  const lines = async (month: string): Promise<string[]> => (await years.rows<{ line: string }>(WHOLE, [month])).map(({ line }) => line);
  const told = async (month: string): Promise<number> =>
    (await years.rows(`select from batch.event where stream = $1`, [`retention-${month.slice(0, 7)}`])).length;
  const start = (keep: number, killedAt?: Step): SourceProcess =>
    startSourceProcess(`
      const { openPool } = await load('database/pool.ts');
      const { runRetention } = await load('lifecycle/retention/run-retention.ts');
      const pool = openPool({ url: ${JSON.stringify(years.url)}, max: 3, name: 'drill', onError: () => undefined });
      const onStep = (month, step) => step === ${JSON.stringify(killedAt ?? '')} && process.kill(process.pid, 'SIGKILL');
      const ground = { pool, archiveDir: ${JSON.stringify(years.archiveDir)}, actor: 'drill', onStep };
      const { status, letGo, held } = await runRetention(ground, ${keep}, 60_000);
      say({ status, letGo: letGo.map(({ month }) => month), held });`);

  it.each(STEPS.map((step, at) => [step, at] as const))(
    'and is killed at the step %s loses nothing, archives nothing twice, and leaves nothing half done',
    async (step, at) => {
      const month = months[at] ?? '';
      const before = await lines(month);
      const path = join(years.archiveDir, archiveName(month));
      await writeFile(`${path}.part`, 'left by another kill'); // in the middle of a write
      const killed = start(MONTHS - 1 - at, step);
      const [, signal] = (await once(killed.child, 'exit')) as [unknown, string];
      expect(signal).toBe('SIGKILL');

      const { inLog, named } = LEFT[step];
      expect(await lines(month)).toEqual(inLog ? before : []);
      expect(await told(month)).toBe(inLog ? 0 : 1);
      expect((await readdir(years.archiveDir)).includes(archiveName(month))).toBe(named);
      expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);

      const next = start(MONTHS - 1 - at);
      expect(await next.heard()).toEqual({ status: 'DONE', letGo: inLog ? [month] : [], held: [] });
      await next.kill();
      expect(await lines(month)).toEqual([]);
      expect(await told(month)).toBe(1);
      const archived: string[] = [];
      for await (const part of readArchive(path)) if ('line' in part) archived.push(part.line);
      expect(archived).toEqual(before);
      expect((await readdir(years.archiveDir)).filter((name) => name.includes(month.slice(0, 7)) && !name.endsWith('.part'))).toEqual([
        archiveName(month),
      ]);
      expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);
    },
  );

  it('lets another one wait that does the same, and each month goes once', async () => {
    const at = STEPS.length;
    const processes = [start(MONTHS - 3 - at), start(MONTHS - 3 - at), start(MONTHS - 3 - at)];
    const reports = (await Promise.all(processes.map((each) => each.heard()))) as { status: string; letGo: string[] }[];
    for (const each of processes) await each.kill();
    expect(reports.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(reports.flatMap(({ letGo }) => letGo).toSorted()).toEqual(months.slice(at, at + 3));
    expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);
  });
});
