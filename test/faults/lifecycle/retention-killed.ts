import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkInvariants } from '../../../src/doctor/invariants.js';
import { archiveName } from '../../../src/lifecycle/archive/archive-format.js';
import { readArchive } from '../../../src/lifecycle/archive/read-archive.js';
import { STEPS, type Step } from '../../../src/lifecycle/retention/let-month-go.js';
import { startSourceProcess, type SourceProcess } from '../../support/source-process.js';
import { createYears, type Years } from '../../support/years.js';
import type { Fault } from '../fault.js';

const LINES = 'select row_to_json(e)::text as line from batch.event_log e where run_month = $1::date order by e.xid, e.position';
const TOLD = 'select from batch.event where stream = $1';

/** 36: the process that lets a month go is killed, once or twice, at steps that the seed draws, and another one ends its work. */
export const RETENTION_KILLED: Fault = {
  id: '36',
  what: 'retention and its archive killed at a step, once or twice',
  promise: 'a month is whole in the log or whole in its archive, told of once; invariants 3 and 4',
  open: async () => {
    const years = await createYears();
    await years.settle();
    return {
      async strike(draws) {
        const months = await monthsInLog(years);
        const [month = ''] = months;
        const keep = months.length - 2; // the one that goes on is not counted
        const before = await linesOf(years, month);
        if (before.length === 0) throw new Error('no month is left to let go');
        const path = join(years.archiveDir, archiveName(month));
        if (draws.below(2) === 0) await writeFile(`${path}.part`, 'left by another kill');
        const broken: string[] = [];
        const kills = draws.between(1, 2);
        for (let kill = 0; kill < kills; kill += 1) {
          const killed = start(years, keep, draws.pick(STEPS));
          await once(killed.child, 'exit');
          const left = await linesOf(years, month);
          if (left.length > 0 && !same(left, before)) broken.push('a month is in the log in part');
          if (left.length === 0 && !same(await archived(path), before))
            broken.push('a month left the log, and is not whole in its archive');
          broken.push(...(await promisesBroken(years)));
        }
        const since = performance.now();
        const heir = start(years, keep);
        const { status } = (await heir.heard()) as { status: string };
        await heir.kill();
        if (status !== 'DONE') broken.push(`the next process said ${status}`);
        const told = (await years.rows(TOLD, [`retention-${month.slice(0, 7)}`])).length;
        if (!same(await archived(path), before)) broken.push('the archive is not what the log was');
        const files = (await readdir(years.archiveDir)).filter((name) => name.includes(month.slice(0, 7)) && !name.endsWith('.part'));
        if (files.length !== 1) broken.push(`${files.length} archives of a month`);
        broken.push(...(await promisesBroken(years)));
        const lost = (await linesOf(years, month)).length > 0 || told === 0 ? 1 : 0;
        return { bites: kills, lost, doubled: Math.max(0, told - 1), broken, recoveryMs: Math.round(performance.now() - since) };
      },
      [Symbol.asyncDispose]: () => years[Symbol.asyncDispose](),
    };
  },
};

function start(years: Years, keep: number, killedAt?: Step): SourceProcess {
  return startSourceProcess(`
    const { openPool } = await load('database/pool.ts');
    const { runRetention } = await load('lifecycle/retention/run-retention.ts');
    const pool = openPool({ url: ${JSON.stringify(years.url)}, max: 3, name: 'fault', onError: () => undefined });
    const onStep = (month, step) => step === ${JSON.stringify(killedAt ?? '')} && process.kill(process.pid, 'SIGKILL');
    const ground = { pool, archiveDir: ${JSON.stringify(years.archiveDir)}, actor: 'fault', onStep };
    const { status } = await runRetention(ground, ${keep}, 60_000);
    say({ status });
    ${killedAt === undefined ? '' : 'process.kill(process.pid, "SIGKILL");' /* an earlier kill had come further */}`);
}

/** Months of runs that the log has, oldest first. */
async function monthsInLog(years: Years): Promise<string[]> {
  const inLog = new Set(
    (await years.rows<{ month: string }>('select distinct run_month::text as month from batch.event_log')).map(({ month }) => month),
  );
  return (await years.months()).filter((month) => inLog.has(month));
}

async function linesOf(years: Years, month: string): Promise<string[]> {
  return (await years.rows<{ line: string }>(LINES, [month])).map(({ line }) => line);
}

async function archived(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const part of readArchive(path)) if ('line' in part) lines.push(part.line);
  return lines;
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((line, at) => line === other[at]);

async function promisesBroken({ pool }: Years): Promise<string[]> {
  return (await checkInvariants(pool)).filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`);
}
