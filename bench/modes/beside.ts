import { Client } from 'pg';
import { startBenchWorker } from '../bench-worker.js';
import { median, quantile } from '../load.js';
import { reset } from '../sql-limit.js';
import type { RunReport } from '../worker-process.js';
import { whole, type Bench } from './bench-mode.js';

const LANES = 4;
/** ms for which the reader is alone before a run: the worker sees meanwhile what a reader takes alone. */
const ALONE_MS = 11_000;
const WAYS = ['off', 'on'] as const;
type Way = (typeof WAYS)[number];

interface Beside {
  readonly alone: number;
  readonly beside: number;
  readonly run: RunReport;
}

/** What a reader of one row takes at the 95th percentile, alone and beside a run that gives way or does not; and what giving way costs the run. In turns. */
export async function benchBeside({ rounds, say, add, keep }: Bench, url: string): Promise<void> {
  const found: Record<Way, Beside[]> = { off: [], on: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of WAYS) {
      found[way].push(await besideRun(url, way));
      say(`giving way ${way}: ${JSON.stringify(found[way].at(-1))}`);
    }
  }
  for (const way of WAYS) {
    const of = (figure: (each: Beside) => number): number => median(found[way].map(figure));
    const name = `reader of one row beside a run, giving way ${way}`;
    add([`${name}: p95, ms`, `${of(({ beside }) => beside).toFixed(2)}, alone ${of(({ alone }) => alone).toFixed(2)}`, '']);
    add([`${name}: p95 / alone`, of(({ alone, beside }) => beside / alone).toFixed(2), way === 'on' ? '≤ 2.00' : '']);
    add([`the run meanwhile, giving way ${way}, users/s`, whole(of(({ run }) => (run.roster * 1_000) / run.ms)), '']);
    add([`the run meanwhile, giving way ${way}, worker CPU, µs a user`, whole(of(({ run }) => (run.cpuSeconds * 1e6) / run.roster)), '']);
  }
  keep({ beside: found });
}

async function besideRun(url: string, way: Way): Promise<Beside> {
  await reset(url);
  const worker = await startBenchWorker(url, LANES, { environment: { BATCH_GIVE_WAY: way } });
  const reader = await Reader.open(url);
  try {
    await new Promise((resolve) => setTimeout(resolve, ALONE_MS));
    const alone = reader.taken();
    const run = await worker.run();
    return { alone: p95(alone), beside: p95(reader.taken()), run };
  } finally {
    await reader.close();
    await worker.close();
  }
}

/** Reads a row by its key, over and over with short waits, as an application does. */
class Reader {
  private latencies: number[] = [];
  private isOpen = true;
  private readonly reading: Promise<void>;

  private constructor(
    private readonly client: Client,
    private readonly ids: readonly number[],
  ) {
    this.reading = this.read();
  }

  static async open(url: string): Promise<Reader> {
    const client = new Client({ connectionString: url, application_name: 'app' });
    await client.connect();
    const { rows } = await client.query<{ id: number }>('select id from auth_user order by id limit 10000');
    return new Reader(client, rows.map(({ id }) => id)); // prettier-ignore
  }

  /** ms of each reading since this was asked last. */
  taken(): number[] {
    const { latencies } = this;
    this.latencies = [];
    return latencies;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.reading;
    await this.client.end();
  }

  private async read(): Promise<void> {
    for (let count = 0; this.isOpen; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      const values = [this.ids[(count * 7_919) % this.ids.length]];
      const began = performance.now();
      await this.client.query({ name: 'row', text: 'select username, is_active from auth_user where id = $1', values });
      this.latencies.push(performance.now() - began);
    }
  }
}

function p95(latencies: readonly number[]): number {
  return quantile(latencies.toSorted((a, b) => a - b), 0.95); // prettier-ignore
}
