import { availableParallelism } from 'node:os';
import { startBenchWorker, type BenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { postgresCpuSeconds } from '../postgres-cpu.js';
import { reset } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const COUNTS = [1, 2, 4];
const LANES = 4;

/** A run by so many worker processes. */
interface Shared {
  readonly perSecond: number;
  /** PostgreSQL's share of all cores while the run lasted; undefined where the system does not tell. */
  readonly postgresShare: number | undefined;
  /** µs of PostgreSQL's CPU a user. */
  readonly postgresUs: number | undefined;
}

/** Runs of the rules by 1, 2 and 4 worker processes on one machine, in turns, and the share of its cores that PostgreSQL takes meanwhile. */
export async function benchProcesses({ users, rounds, say, add, keep }: Bench, url: string): Promise<void> {
  const found = new Map<number, Shared[]>(COUNTS.map((count) => [count, []]));
  const workers: BenchWorker[] = [];
  const measure = async (): Promise<Shared> => {
    await reset(url);
    const before = await postgresCpuSeconds(url);
    const report = await (workers[0] as BenchWorker).run();
    const after = await postgresCpuSeconds(url);
    const used = before === undefined || after === undefined ? undefined : after - before;
    return {
      perSecond: pace(report),
      postgresShare: used && used / (report.ms / 1_000) / availableParallelism(),
      postgresUs: used && (used * 1e6) / report.roster,
    };
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const count of COUNTS) {
      while (workers.length < count) workers.push(await startBenchWorker(url, LANES));
      if (round === 0) await measure(); // warms up
      const shared = await measure();
      found.get(count)?.push(shared);
      say(`${count} worker processes: ${whole(shared.perSecond)} users/s, PostgreSQL ${percent(shared.postgresShare)} of the cores`);
    }
    // The first stays, warm as it is; the others begin anew, so that a process more is as new in each round.
    for (const other of workers.splice(1)) await other.close();
  }
  await workers[0]?.close();
  const one = median((found.get(1) ?? []).map(({ perSecond }) => perSecond));
  for (const [count, runs] of found) {
    const [perSecond, share, us] = [
      median(runs.map((run) => run.perSecond)),
      median(runs.map((run) => run.postgresShare ?? Number.NaN)),
      median(runs.map((run) => run.postgresUs ?? Number.NaN)),
    ];
    const by = `${count} worker process${count === 1 ? '' : 'es'} of ${LANES} lanes`;
    add([`run of ${whole(users)} by ${by}, users/s (of one)`, `${whole(perSecond)} (${(perSecond / one).toFixed(2)})`, '']);
    add([
      `PostgreSQL’s share of ${availableParallelism()} cores, and its CPU a user, with ${by}`,
      `${percent(share)}, ${whole(us)} µs`,
      '',
    ]);
  }
  keep({ processes: Object.fromEntries(found) });
}

function percent(share: number | undefined): string {
  return share === undefined || Number.isNaN(share) ? 'unknown' : `${Math.round(share * 100)} %`;
}
