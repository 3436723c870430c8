import { openPool } from '../../src/database/pool.js';
import { rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { fillLog } from '../fill-log.js';
import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { queryLatencies } from '../query-latency.js';
import { reset } from '../sql-limit.js';
import type { RunReport } from '../worker-process.js';
import { whole, type Bench } from './bench-mode.js';

/** Of each run that fills a log, so that both hold runs of one size and lists of equal length. */
const USERS = 1_000;
/** Patients of both databases: a run over all is measured beside a long log and beside a short one. */
const PATIENTS = 20_000;
const LANES = 4;
/** Outcome events of the short log. */
const SHORT = 10_000;

/**
 * What queries and a run take beside a log of years and beside a short one, in turns; the memory of the run's worker; and the pace at which the views
 * are made anew from the long one.
 */
export async function benchLogSize(bench: Bench, events: number): Promise<void> {
  const { server, rounds, say, add, keep } = bench;
  const short = await server.database('bench_log_short', { users: PATIENTS, days: 7 });
  const long = await server.database('bench_log_long', { users: PATIENTS, days: 7 });
  for (const url of [short, long]) await copiedRun(url);
  await fillLog(short, SHORT, () => undefined);
  let told = 0;
  const added = await fillLog(long, events, (done) => {
    if (done - told >= events / 10) say(`${whole((told = done))} events of earlier runs`);
  });
  await addPaces({ rounds, add, keep }, { short, long });
  const [beside, besideMany] = await queryLatencies([short, long]);
  if (beside === undefined || besideMany === undefined) throw new Error('two databases were asked, and fewer answered');
  const { events: folded, differences, durationMs } = await rebuilt(long);
  if (differences.length > 0) throw new Error(`the filled log and its views differ: ${JSON.stringify(differences[0])}`);
  for (const name of ['run', 'runs'] as const) {
    const [few, many] = [beside[name], besideMany[name]];
    add([`\`${name}\`, ${whole(SHORT)} events in the log`, `p50 ${few.p50.toFixed(1)} ms, p99 ${few.p99.toFixed(1)} ms`, '']);
    add([`\`${name}\`, ${whole(folded)} events in the log`, `p50 ${many.p50.toFixed(1)} ms, p99 ${many.p99.toFixed(1)} ms`, 'p99 ≤ 10 ms']);
    add([`\`${name}\`, many / few, p50`, (many.p50 / few.p50).toFixed(2), 'about 1']);
  }
  add(['views made anew, events/s', whole((folded * 1_000) / durationMs), '≥ 200,000']);
  keep({ logSize: { added, folded, beside, besideMany, rebuildMs: durationMs } });
}

/** A run to fill the log with. */
async function copiedRun(url: string): Promise<void> {
  await reset(url);
  const worker = await startBenchWorker(url, LANES, { users: USERS });
  await worker.run();
  await worker.close();
}

async function addPaces(
  { rounds, add, keep }: Pick<Bench, 'rounds' | 'add' | 'keep'>,
  url: { short: string; long: string },
): Promise<void> {
  const workers = { short: await startBenchWorker(url.short, LANES), long: await startBenchWorker(url.long, LANES) };
  const measured = async (name: 'short' | 'long'): Promise<RunReport> => {
    await reset(url[name]);
    return workers[name].run();
  };
  for (const name of ['short', 'long'] as const) await measured(name); // warms up
  const pairs: { readonly few: RunReport; readonly many: RunReport }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ few: await measured('short'), many: await measured('long') });
  for (const worker of Object.values(workers)) await worker.close();
  const ratio = median(pairs.map(({ few, many }) => pace(many) / pace(few)));
  const memory = median(pairs.map(({ few, many }) => many.peakRssMb / few.peakRssMb));
  add([`run of ${whole(PATIENTS)} beside the long log, users/s`, whole(median(pairs.map(({ many }) => pace(many)))), '']);
  add(['the same, long / short log: users/s, worker memory', `${ratio.toFixed(2)}, ${memory.toFixed(2)}`, 'about 1']);
  keep({ logPaces: pairs });
}

async function rebuilt(url: string): ReturnType<typeof rebuildViews> {
  const pool = openPool({ url, max: 1, name: 'bench', onError: () => undefined });
  try {
    return await rebuildViews(pool, { verify: false });
  } finally {
    await pool.end();
  }
}
