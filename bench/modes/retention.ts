import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '../../src/database/pool.js';
import { HEAD } from '../../src/eventlog/postgres-log.js';
import { letMonthGo, type Step } from '../../src/lifecycle/retention/let-month-go.js';
import { logMonths } from '../../src/lifecycle/retention/month-facts.js';
import { startBenchWorker } from '../bench-worker.js';
import { fillLog } from '../fill-log.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const LANES = 2;
/** Nights of the log that is filled: the oldest whole month of them is let go. */
const NIGHTS = 70;
/** Users of a night, where the command line asks for more. */
const MAX_USERS = 20_000;

/** What letting a month go takes, step by step, and for how long it holds readers of the log back. */
export async function benchRetention({ server, users, say, add, keep }: Bench): Promise<void> {
  const nightly = Math.min(users, MAX_USERS);
  const url = await server.database('bench_retention', { users: nightly, days: 7 });
  await reset(url);
  const worker = await startBenchWorker(url, LANES);
  await worker.run();
  await worker.close();
  const events = await withClient(url, async (client) => {
    const { rows } = await client.query<{ events: number }>('select count(*)::int as events from batch.event_log where run_id is not null');
    return rows[0]?.events ?? 0;
  });
  say(`${whole(events * NIGHTS)} events of earlier nights`);
  await fillLog(url, events * NIGHTS, () => undefined);
  await withClient(url, (client) =>
    client.query(`update batch.alert_follower f set xid = h.xid::xid8, position = h.position::bigint from (${HEAD}) h`),
  );
  const archiveDir = await mkdtemp(join(tmpdir(), 'bench-archive-'));
  const pool = openPool({ url, max: 3, name: 'bench', onError: () => undefined });
  try {
    const month = (await logMonths(pool))[1]?.month ?? '';
    const began = performance.now();
    const reached: Partial<Record<Step, number>> = {};
    const watch = watchHolders(url);
    const done = await letMonthGo(
      { pool, archiveDir, actor: 'bench', onStep: (_, step) => (reached[step] = performance.now() - began) },
      month,
    );
    const heldMs = await watch.end();
    if (!('letGo' in done)) throw new Error(`the month stays: ${JSON.stringify(done.held)}`);
    const { events: gone, bytes } = done.letGo.told;
    const seconds = (reached.LET_GO ?? 0) / 1_000;
    add([`a month of ${whole(gone)} events let go, s`, seconds.toFixed(1), '']);
    add(['checked before, s', ((reached.BEGUN ?? 0) / 1_000).toFixed(1), '']);
    add(['readers of the log held back meanwhile, ms', whole(heldMs), '≤ 1,000']);
    keep({ retention: { month, events: gone, bytes, reached, heldMs } });
  } finally {
    await pool.end();
    await rm(archiveDir, { recursive: true });
  }
}

/** Looks again and again at which transactions have written, and for how long each: readers of the log see nothing above the oldest of them. */
function watchHolders(url: string): { end(): Promise<number> } {
  const over = new AbortController();
  let longest = 0;
  const first = new Map<string, number>();
  const watching = withClient(url, async (client) => {
    while (!over.signal.aborted) {
      const { rows } = await client.query<{ xid: string }>(
        'select backend_xid::text as xid from pg_stat_activity where backend_xid is not null',
      );
      const now = performance.now();
      for (const { xid } of rows) {
        const since = first.get(xid) ?? now;
        first.set(xid, since);
        longest = Math.max(longest, now - since);
      }
    }
  });
  return {
    async end() {
      over.abort();
      await watching;
      return longest;
    },
  };
}
