import { addDays, localDate } from '../../src/domain/local-date.js';
import { RECORD_DATE } from '../bench-database.js';
import { startBenchWorker } from '../bench-worker.js';
import { startHttp } from '../http.js';
import { load, quantile } from '../load.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const USERS = 1_000;
/** Nights of three years. */
const NIGHTS = 1_096;
/** Days that are asked for at once: what the console asks for, and all of them. */
const SPANS = [28, 90, 365, NIGHTS];
const MS = 3_000;
const TOTALS =
  'recordDate runs openRuns generated existed skipped failed cancelled coverage ready eligible readyBy readyCoverage seconds tokensIn tokensOut costUsd';
const REASONS = 'skipReasons { reason users } failures { reason users } fallbacks { reason users }';
const queryOf = (fields: string): string =>
  `query ($from: Date!, $to: Date!) { nights(from: $from, to: $to, program: DAILY) { ${fields} } }`;

// The run that was made, once for each night before it, as the views have it.
const COPY_RUNS = `insert into batch.run_view select (jsonb_populate_record(r, jsonb_build_object('run_id', gen_random_uuid(), 'record_date', r.record_date - back,
    'requested_at', r.requested_at - back * interval '1 day', 'planned_at', r.planned_at - back * interval '1 day', 'started_at', r.started_at - back * interval '1 day',
    'ended_at', r.ended_at - back * interval '1 day'))).* from batch.run_view r, generate_series(1, $1::int) back`;
const COPY_NIGHTS = `insert into batch.night_view select (jsonb_populate_record(n, jsonb_build_object('record_date', n.record_date - back))).*
  from batch.night_view n, generate_series(1, $1::int) back`;

/** What the query of nights takes where the views hold three years of them: spans in turns, and the last year and the first alike. */
export async function benchNights({ server, say, add, keep }: Bench): Promise<void> {
  const url = await server.database('bench_nights', { users: USERS, days: 7 });
  await reset(url);
  const worker = await startBenchWorker(url, 2, { users: USERS });
  await worker.run();
  await worker.close();
  await withClient(url, async (client) => {
    await client.query(COPY_RUNS, [NIGHTS - 1]);
    await client.query(COPY_NIGHTS, [NIGHTS - 1]);
    await client.query('analyze batch.run_view, batch.night_view');
  });
  const { address, child } = await startHttp('whole', url);
  const found: Record<string, { p50: number; p95: number }> = {};
  for (const days of SPANS) {
    say(`asking for ${days} of ${whole(NIGHTS)} nights`);
    // Of more nights than the console asks for at once, reasons would cost more than an operation may.
    const query = queryOf(days === NIGHTS ? TOTALS : `${TOTALS} ${REASONS}`);
    const latencies = [];
    for (const back of new Set([0, NIGHTS - days])) {
      const to = addDays(localDate(RECORD_DATE), -back);
      const variables = { from: addDays(to, 1 - days), to };
      await requireNights(address, { query, variables }, days);
      await load(address, { query, variables }, { connections: 1, ms: MS / 3 }); // warms up
      latencies.push(...(await load(address, { query, variables }, { connections: 1, ms: MS })).latencies);
    }
    const ascending = latencies.toSorted((a, b) => a - b);
    const [p50, p95] = [quantile(ascending, 0.5), quantile(ascending, 0.95)];
    found[days] = { p50, p95 };
    add([`\`nights\` of ${days} days, of three years, ms`, `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}`, 'p95 ≤ 50']);
  }
  child.disconnect();
  keep({ nights: found });
}

/** An answer that is refused is quick. @throws where the nights are not all there */
async function requireNights(address: string, operation: object, days: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(operation) });
  const { data, errors } = (await response.json()) as {
    readonly data?: { readonly nights: readonly object[] } | null;
    readonly errors?: object;
  };
  if (data?.nights.length !== days) throw new Error(`expected ${days} nights, found ${data?.nights.length ?? JSON.stringify(errors)}`);
}
