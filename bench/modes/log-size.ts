import { openPool } from '../../src/database/pool.js';
import { rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { fillLog } from '../fill-log.js';
import { measuredRuns } from '../measured-runs.js';
import { queryLatencies } from '../query-latency.js';
import { reset } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

/** Of each run, so that both logs hold runs of one size and lists of equal length. */
const USERS = 1_000;
/** Outcome events of the short log. */
const SHORT = 10_000;

/** What queries take beside a log of years and beside a short one, in turns; and the pace at which the views are made anew from the long one. */
export async function benchLogSize(bench: Bench, events: number): Promise<void> {
  const { server, say, add, keep } = bench;
  const short = await server.database('bench_log_short', { users: USERS, days: 7 });
  const long = await server.database('bench_log_long', { users: USERS, days: 7 });
  for (const url of [short, long]) await measuredRuns(url, 1, () => reset(url));
  await fillLog(short, SHORT, () => undefined);
  let told = 0;
  const added = await fillLog(long, events, (done) => {
    if (done - told >= events / 10) say(`${whole((told = done))} events of earlier runs`);
  });
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

async function rebuilt(url: string): ReturnType<typeof rebuildViews> {
  const pool = openPool({ url, max: 1, name: 'bench', onError: () => undefined });
  try {
    return await rebuildViews(pool, { verify: false });
  } finally {
    await pool.end();
  }
}
