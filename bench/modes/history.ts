import { startBenchWorker, type BenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { reset, withClient } from '../sql-limit.js';
import type { RunReport } from '../worker-process.js';
import { whole, type Bench } from './bench-mode.js';

const SHORT_DAYS = 7;
const LANES = 4;

/** Runs over the same users with a week of records and with a long history, in turns. A run reads the same days of both. */
export async function benchHistory(bench: Bench, days: number): Promise<void> {
  const { server, users, rounds, say, add, keep } = bench;
  const places: { readonly days: number; readonly url: string; readonly worker: BenchWorker; readonly reports: RunReport[] }[] = [];
  for (const history of [SHORT_DAYS, days]) {
    say(`loading ${whole(users)} demo patients with ${history} days of history`);
    const url = await server.database(`bench_history_${history}`, { users, days: history });
    // As autovacuum leaves a table in use: without it every entry of an index is looked up in the table too.
    await withClient(url, (client) => client.query('vacuum analyze'));
    places.push({ days: history, url, worker: await startBenchWorker(url, LANES), reports: [] });
  }
  for (let round = -1; round < rounds; round += 1) {
    for (const place of places) {
      await reset(place.url);
      const report = await place.worker.run();
      say(`${place.days} days: ${whole(pace(report))} users/s`);
      if (round >= 0) place.reports.push(report); // the first warms up
    }
  }
  for (const { worker } of places) await worker.close();
  const [short, long] = places.map(({ reports }) => reports.map(pace));
  const ratio = median((long ?? []).map((found, round) => found / (short?.[round] ?? 1)));
  add([`${whole(users)} users, ${SHORT_DAYS} days of history, users/s`, whole(median(short ?? [])), '']);
  add([`${whole(users)} users, ${days} days of history, users/s`, whole(median(long ?? [])), '']);
  add([`${days} days / ${SHORT_DAYS} days`, ratio.toFixed(2), '≥ 0.85']);
  keep({ history: { users, days, short, long, ratio } });
}
