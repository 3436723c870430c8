import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { reset, withClient } from '../sql-limit.js';
import type { RunReport } from '../worker-process.js';
import { whole, type Bench } from './bench-mode.js';

const USERS = 4_000;
const LANES = 2;
/** What a user keeps a lane waiting (ms), and the users of a chunk: small enough for both workers to be busy to the end. */
const SETTINGS = { waitMs: 5, chunkSize: 50 };

/** One worker process beside two, with a generator that waits: what a second process is worth where the work is not this machine's. */
export async function benchTwoWorkers({ server, rounds, say, add, keep }: Bench): Promise<void> {
  const url = await server.database('bench_workers', { users: USERS, days: 7 });
  await withClient(url, (client) => client.query('vacuum analyze'));
  const first = await startBenchWorker(url, LANES, SETTINGS);
  const measure = async (): Promise<RunReport> => {
    await reset(url);
    return first.run();
  };
  const one: RunReport[] = [];
  const two: RunReport[] = [];
  await measure(); // warms up
  for (let round = 0; round < rounds; round += 1) {
    one.push(await measure());
    const second = await startBenchWorker(url, LANES, SETTINGS);
    two.push(await measure());
    await second.close();
    say(`one worker ${one.at(-1)?.ms} ms, two ${two.at(-1)?.ms} ms`);
  }
  await first.close();
  const ratio = median(one.map(({ ms }, round) => ms / (two[round]?.ms ?? ms)));
  const ideal = (LANES * 1_000) / SETTINGS.waitMs;
  add([`one worker, ${SETTINGS.waitMs} ms a user, ${LANES} lanes`, `${whole(median(one.map(pace)))} users/s of ${whole(ideal)}`, '']);
  add(['two worker processes / one', ratio.toFixed(2), '≥ 1.90']);
  keep({ workers: { one, two, ratio } });
}
