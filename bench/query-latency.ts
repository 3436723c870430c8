import { startHttp } from './http.js';
import { load, quantile } from './load.js';
import { withClient } from './sql-limit.js';

/** Milliseconds that an answer took, over the whole HTTP stack. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What the two queries take that a client asks most. */
export interface QueryLatencies {
  readonly run: Latency;
  readonly runs: Latency;
}

const RUN = 'query ($id: UUID!) { run(id: $id) { status roster progress { percent generated skipped failed } } }';
const RUNS = '{ runs(first: 10) { nodes { id status roster progress { percent generated skipped failed } } } }';
const SLICE_MS = 1_000;
/** Of which the first warms up. */
const SLICES = 6;
// The middle one of those that ended: neither the newest, which lies in memory, nor the oldest.
const SOME_RUN = `select run_id from batch.run_view where ended_at is not null order by requested_at
  offset (select count(*) / 2 from batch.run_view where ended_at is not null) limit 1`;

/** Measures the queries on several databases in turns, a second each, so that a machine that slows down slows all. */
export async function queryLatencies(urls: readonly string[]): Promise<QueryLatencies[]> {
  const places = await Promise.all(urls.map(openPlace));
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const place of places) {
      const run = await load(place.address, { query: RUN, variables: { id: place.runId } }, { connections: 1, ms: SLICE_MS });
      const runs = await load(place.address, { query: RUNS }, { connections: 1, ms: SLICE_MS });
      if (slice === 0) continue;
      place.run.push(...run.latencies);
      place.runs.push(...runs.latencies);
    }
  }
  for (const { child } of places) child.disconnect();
  return places.map(({ run, runs }) => ({ run: latencyOf(run), runs: latencyOf(runs) }));
}

async function openPlace(url: string): Promise<Awaited<ReturnType<typeof startHttp>> & { runId: string; run: number[]; runs: number[] }> {
  const runId = await withClient(url, async (client) => (await client.query<{ run_id: string }>(SOME_RUN)).rows[0]?.run_id);
  if (runId === undefined) throw new Error('no run has ended on this database: nothing can be asked about one');
  return { ...(await startHttp('whole', url)), runId, run: [], runs: [] };
}

function latencyOf(latencies: readonly number[]): Latency {
  const ascending = latencies.toSorted((a, b) => a - b);
  return { p50: quantile(ascending, 0.5), p99: quantile(ascending, 0.99) };
}
