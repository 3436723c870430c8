import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { queryLatencies } from '../query-latency.js';
import { reset, withClient } from '../sql-limit.js';
import type { RunReport } from '../worker-process.js';
import { whole, type Bench } from './bench-mode.js';

const GB = 1e9;
/** Runs of the few users before theirs is measured: a cold process would make the many look better than they are. */
const WARM_UPS = 2;
const SIZES = `select (select sum(pg_total_relation_size(inhrelid))::float8 from pg_inherits where inhparent = 'batch.event_log'::regclass) as log,
    (select count(*)::float8 from batch.event) as events, pg_total_relation_size('ibsafe_interventionrecord')::float8 as interventions,
    (pg_total_relation_size('batch.run_view') + pg_total_relation_size('batch.chunk_view') + pg_total_relation_size('batch.chunk_work'))::float8 as views,
    pg_database_size(current_database())::float8 as database`;

interface Sizes {
  readonly log: number;
  readonly events: number;
  readonly interventions: number;
  readonly views: number;
  readonly database: number;
}

/** Databases that a measurement of lanes looks at, by how many users they have. */
export interface LanesDatabases {
  readonly large: string;
  /** Fewer users each; pace and memory of the large one are set beside theirs. */
  readonly fewer: ReadonlyMap<number, string>;
}

/**
 * Runs over all users with so many lanes in one worker, each count in turns, each run in a process of its own; then what the store holds and what
 * queries take beside it. Fewer users with the last count stand beside it, for pace and memory.
 */
export async function benchLanes(bench: Bench, url: LanesDatabases, lanes: readonly number[]): Promise<void> {
  const { users, rounds, say, add } = bench;
  const most = lanes.at(-1) ?? 4;
  const large = new Map<number, RunReport[]>(lanes.map((count) => [count, []]));
  const fewer = new Map<number, RunReport[]>([...url.fewer.keys()].map((count) => [count, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const count of lanes) {
      const report = await freshRun(url.large, count);
      say(`${whole(users)} users, ${count} lanes: ${whole(pace(report))} users/s, ${whole(report.peakRssMb)} MB`);
      large.get(count)?.push(report);
    }
    for (const [count, reports] of fewer) {
      const report = await freshRun(url.fewer.get(count) ?? '', most, WARM_UPS);
      say(`${whole(count)} users, ${most} lanes: ${whole(pace(report))} users/s, ${whole(report.peakRssMb)} MB`);
      reports.push(report);
    }
  }
  for (const [count, reports] of large) {
    const memory = Math.max(...reports.map(({ peakRssMb }) => peakRssMb));
    add([`${whole(users)} users, ${count} lanes`, `${whole(median(reports.map(pace)))} users/s, worker ${whole(memory)} MB`, '']);
  }
  for (const [count, reports] of fewer) {
    const beside = (figure: (report: RunReport) => number): number =>
      median((large.get(most) ?? []).map((report, round) => figure(report) / figure(reports[round] ?? report)));
    add([`${whole(users)} / ${whole(count)}, ${most} lanes: users/s`, beside(pace).toFixed(2), '≥ 0.90']);
    add([`${whole(users)} / ${whole(count)}, ${most} lanes: memory`, beside(({ peakRssMb }) => peakRssMb).toFixed(2), '≤ 1.30']);
  }
  const sizes = await sizesOf(url.large);
  add(['log', `${gb(sizes.log)} for ${whole(sizes.events)} events, ${whole(sizes.log / sizes.events)} bytes each`, '']);
  add(['interventions, views, database', `${gb(sizes.interventions)}, ${gb(sizes.views)}, ${gb(sizes.database)}`, '']);
  const [queries] = await queryLatencies([url.large]);
  add([
    `\`run\` and \`runs\` beside ${whole(sizes.events)} events, p99 in ms`,
    `${queries?.run.p99.toFixed(1)}, ${queries?.runs.p99.toFixed(1)}`,
    '≤ 10',
  ]);
  // Of a run under way the chunks are summed, and so are those of one whose end is not kept.
  await withClient(url.large, (client) => client.query('update batch.run_view set tally = null'));
  const [underWay] = await queryLatencies([url.large]);
  add([
    '`run` and `runs` while their chunks are summed, p99 in ms',
    `${underWay?.run.p99.toFixed(1)}, ${underWay?.runs.p99.toFixed(1)}`,
    '≤ 10',
  ]);
  bench.keep({ lanes: { large: Object.fromEntries(large), fewer: Object.fromEntries(fewer), sizes, queries, underWay } });
}

async function freshRun(url: string, lanes: number, warmUps = 0): Promise<RunReport> {
  const worker = await startBenchWorker(url, lanes);
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) {
    await reset(url);
    await worker.run();
  }
  await reset(url);
  const report = await worker.run();
  await worker.close();
  return report;
}

async function sizesOf(url: string): Promise<Sizes> {
  return withClient(url, async (client) => (await client.query<Sizes>(SIZES)).rows[0] as Sizes);
}

function gb(bytes: number): string {
  return `${(bytes / GB).toFixed(2)} GB`;
}
