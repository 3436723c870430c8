import { boundedPost } from '../../src/base/bounded-post.js';
import { startBenchModel } from '../bench-model.js';
import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const USERS = 5_000;
const LATENCY_MS = 200;
const CONCURRENCY = 64;
const LANES = 4;
const BARE_CALLS = 20 * CONCURRENCY;
/** About what a prompt comes to. */
const PROMPT_BYTES = 7_000;

/** A run whose advice comes from a model over HTTP, 200 ms a call and 64 at once: how near the whole path comes to what the waiting alone takes. */
export async function benchLlm({ server, rounds, say, add, keep }: Bench): Promise<void> {
  const url = await server.database('bench_llm', { users: USERS, days: 7 });
  const model = await startBenchModel({ latencyMs: LATENCY_MS });
  const environment = { GENERATOR: 'LLM', LLM_BASE_URL: model.url, LLM_MODEL: 'local', LLM_CONCURRENCY: String(CONCURRENCY) };
  const worker = await startBenchWorker(url, LANES, { environment, plannedChunks: true });
  const ratios: number[] = [];
  const bare: number[] = [];
  const runs: object[] = [];
  for (let round = -1; round < rounds; round += 1) {
    await reset(url);
    // In turns with the run, so that a machine that is slow just now is seen to be.
    const alone = await bareCalls(model.url);
    const report = await worker.run();
    const asked = await askedUsers(url);
    const idealMs = (asked * LATENCY_MS) / CONCURRENCY;
    const ratio = report.ms / idealMs;
    say(
      `${whole(asked)} calls in ${whole(report.ms)} ms, ${ratio.toFixed(3)} of the ideal ${whole(idealMs)} ms${round < 0 ? ' (warm-up)' : ''}`,
    );
    if (round < 0) continue;
    ratios.push(ratio);
    bare.push(alone);
    runs.push({ ...report, asked, idealMs, bare: alone });
  }
  await worker.close();
  await model.close();
  add([`run of ${whole(USERS)} by a model, ${LATENCY_MS} ms a call, ${CONCURRENCY} at once / ideal`, median(ratios).toFixed(3), '≤ 1.05']);
  add(['the same calls without the service / ideal', median(bare).toFixed(3), '']);
  keep({ llm: { runs, ratios, bare } });
}

/** What callers that do nothing but wait for the same model reach, as a multiple of the ideal: below it no service can come. */
async function bareCalls(modelUrl: string): Promise<number> {
  const body = JSON.stringify({ model: 'local', messages: [{ role: 'user', content: 'x'.repeat(PROMPT_BYTES) }] });
  const url = new URL(`${modelUrl}/chat/completions`);
  const { signal } = new AbortController();
  const began = performance.now();
  let left = BARE_CALLS;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await boundedPost(url, { headers: {}, body, signal });
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, caller));
  return (performance.now() - began) / ((BARE_CALLS * LATENCY_MS) / CONCURRENCY);
}

/** Users whom the model advised in the last run. @throws when it did not advise one that it was asked for: then the time means nothing */
async function askedUsers(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ advised: number; others: number }>(
      `select count(*) filter (where data->>'generator' = 'LLM' and data->>'attempts' = '1')::int as advised,
        count(*) filter (where type <> 'UserSkipped' and not (data->>'generator' = 'LLM' and data->>'attempts' = '1'))::int as others
      from batch.event where user_id is not null and run_id = (select run_id from batch.run_view order by requested_at desc limit 1)`,
    );
    const { advised = 0, others = 0 } = rows[0] ?? {};
    if (others > 0) throw new Error(`${others} users were not advised by the model's first answer`);
    return advised;
  });
}
