import { sumOf, type Taken } from '../../src/local-model/ledger.js';
import { startBenchModel } from '../bench-model.js';
import { startBenchWorker } from '../bench-worker.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const LATENCY_MS = 200;
const CONCURRENCY = 64;
/** How long the stand-in keeps a batch: what a provider takes is its own affair. */
const BATCH_MS = 10_000;
/** Dollars a million tokens: those of a small model of 2025 (OpenAI, GPT-4.1 mini), whose batches are half as dear. */
const [INPUT, CACHED, OUTPUT] = [0.4, 0.1, 1.6];
const BATCH_SHARE = 0.5;
/** A question of version 0.1.0 with its lists of dishes, and its answer in prose, in Korean; nothing of it was the same for two patients. */
const PROSE = { requests: 1, tokensIn: 1_579, cachedIn: 0, tokensOut: 263 };

/** What the same patients cost by each way of asking, by the account of an endpoint that counts as OpenAI's models do and keeps beginnings. */
export async function benchPrices({ server, users, say, add, keep }: Bench): Promise<void> {
  const url = await server.database('bench_prices', { users, days: 7 });
  const calls = await byWay(url, 'CALLS');
  say(`calls: ${JSON.stringify(calls)}`);
  const batch = await byWay(url, 'BATCH');
  say(`batch: ${JSON.stringify(batch)}`);
  const prose = dollars(PROSE) * 1_000;
  const rows: readonly (readonly [string, number, string])[] = [
    ['prose prompts of version 0.1.0, calls', prose, tokens(PROSE)],
    ['points, calls, no beginning kept', a1000({ ...calls.taken, cachedIn: 0 }), tokens({ ...calls.taken, cachedIn: 0 })],
    ['points, calls, beginnings kept', a1000(calls.taken), `${tokens(calls.taken)}, ${calls.seconds.toFixed(1)} s`],
    ['points, batch at half the price', a1000(batch.taken) * BATCH_SHARE, `${tokens(batch.taken)}, ${batch.seconds.toFixed(1)} s`],
  ];
  for (const [way, price, more] of rows)
    add([`1,000 patients, ${way}: price (of prose)`, `$${price.toFixed(3)} (${(price / prose).toFixed(2)}); ${more}`, '']);
  add(['what the service told of its calls / account of the endpoint', (calls.told / dollars(calls.taken)).toFixed(3), '0.98 to 1.02']);
  add(['what the service told of its batches / account of the endpoint', (batch.told / (dollars(batch.taken) * BATCH_SHARE)).toFixed(3), '0.98 to 1.02']); // prettier-ignore
  keep({ prices: { input: INPUT, cached: CACHED, output: OUTPUT, prose: PROSE, calls, batch } });
}

/** What a run by one way took. */
interface Found {
  readonly taken: Taken;
  /** Dollars, by the service's own figures. */
  readonly told: number;
  readonly seconds: number;
}

async function byWay(url: string, mode: 'BATCH' | 'CALLS'): Promise<Found> {
  await reset(url);
  const model = await startBenchModel({ latencyMs: mode === 'CALLS' ? LATENCY_MS : 0, batchMs: BATCH_MS, countsTokens: true });
  const environment = {
    GENERATOR: 'LLM',
    LLM_BASE_URL: model.url,
    LLM_MODEL: 'local',
    LLM_CONCURRENCY: String(CONCURRENCY),
    LLM_MODE: mode,
    LLM_BATCH_POLL_MS: '200',
    LLM_BATCH_PRICE_PERCENT: String(BATCH_SHARE * 100),
    LLM_PRICE_INPUT: String(INPUT),
    LLM_PRICE_CACHED_INPUT: String(CACHED),
    LLM_PRICE_OUTPUT: String(OUTPUT),
  };
  const worker = await startBenchWorker(url, 4, { environment, plannedChunks: true });
  try {
    const { ms } = await worker.run();
    const { calls, batches } = await model.account();
    return { taken: sumOf(calls, batches), told: await toldDollars(url), seconds: ms / 1_000 };
  } finally {
    await worker.close();
    await model.close();
  }
}

/** What the last run told that its outcomes cost. */
async function toldDollars(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ dollars: number }>(
      `select coalesce(sum((data->>'costMicros')::float8), 0) / 1e6 as dollars from batch.event_log
      where subject is not null and run_id = (select run_id from batch.run_view order by requested_at desc limit 1)`,
    );
    return rows[0]?.dollars ?? 0;
  });
}

function dollars({ tokensIn, cachedIn, tokensOut }: Taken): number {
  return ((tokensIn - cachedIn) * INPUT + cachedIn * CACHED + tokensOut * OUTPUT) / 1e6;
}

/** The price of a thousand answers. */
function a1000(taken: Taken): number {
  return (dollars(taken) * 1_000) / taken.requests;
}

/** Tokens of a patient, and the share of those that go in that were kept of an earlier question. */
function tokens({ requests, tokensIn, cachedIn, tokensOut }: Taken): string {
  const kept = Math.round((100 * cachedIn) / tokensIn);
  return `${whole(tokensIn / requests)} tokens in (${kept} % kept), ${whole(tokensOut / requests)} out`;
}
