import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { dearOperations, type DearOperation, type Subjects } from '../dear-operations.js';
import { fillLog } from '../fill-log.js';
import { startHttp, usageOf, type HttpProcess } from '../http.js';
import { measuredRuns } from '../measured-runs.js';
import { reset, withClient } from '../sql-limit.js';
import type { Bench } from './bench-mode.js';

/** Of the demo, and the dates of the backfill. */
const USERS = 1_000;
const DATES = 400;

/** What one operation took of the server's process. */
interface Cost {
  readonly cpuMs: number;
  readonly ms: number;
  /** Memory beyond what the process had before. */
  readonly grownMb: number;
  readonly peakMb: number;
  /** The longest that `/healthz` was waited for meanwhile. */
  readonly healthMs: number;
  readonly bytes: number;
  readonly problem: string;
}

type Ask = (server: HttpProcess, query: string) => Promise<string>;

/** What the dearest operations that are let in cost the process that answers, over each transport, and how long it is deaf meanwhile. */
export async function benchOperations({ server, say, add, keep }: Bench): Promise<void> {
  const url = await server.database('bench_operations', { users: USERS, days: 7 });
  say(`making ${DATES} nights of ${USERS} patients`);
  const subjects = await makeNights(url);
  const schema = await graphqlSchema();
  const operations = dearOperations(schema, new OperationDesk(schema, USUAL_LIMITS), subjects);
  const found: { name: string; transport: string; price: number; cost: Cost }[] = [];
  for (const [transport, ask] of Object.entries(TRANSPORTS)) {
    // The dearest three of them over the other transports, which run them through the same function.
    const chosen = transport === 'http' ? operations : dearestOf(found, operations);
    for (const { name, query, price } of chosen) {
      const cost = await measured(url, (process) => ask(process, query));
      found.push({ name, transport, price, cost });
      say(`${transport}, ${name}: price ${price}, CPU ${cost.cpuMs.toFixed(0)} ms, ${cost.ms.toFixed(0)} ms, +${cost.grownMb.toFixed(0)} MB, ${(cost.bytes / 1e6).toFixed(1)} MB sent, healthz ${cost.healthMs.toFixed(0)} ms ${cost.problem}`); // prettier-ignore
    }
  }
  const together = await measured(url, (process) => Promise.all(operations.slice(0, 8).map(({ query }) => post(process, query))).then((all) => all.join(''))); // prettier-ignore
  const most = (of: (cost: Cost) => number): number => Math.max(...found.map(({ cost }) => of(cost)));
  add(['dearest operation that is let in, CPU of the server', `${(most(({ cpuMs }) => cpuMs) / 1_000).toFixed(2)} s`, '≤ 2 s']);
  add(['the same, memory beyond the idle process', `${most(({ grownMb }) => grownMb).toFixed(0)} MB`, '≤ 200 MB']);
  add(['the same, longest wait for /healthz', `${most(({ healthMs }) => healthMs).toFixed(0)} ms`, '≤ 1,000 ms']);
  add(['eight of them at once, longest wait for /healthz', `${together.healthMs.toFixed(0)} ms`, '≤ 1,000 ms']);
  keep({ operations: found, operationsTogether: together });
}

function dearestOf(found: readonly { name: string; cost: Cost }[], operations: readonly DearOperation[]): DearOperation[] {
  const dearest = new Set(found.toSorted((a, b) => b.cost.cpuMs - a.cost.cpuMs).slice(0, 3).map(({ name }) => name)); // prettier-ignore
  return operations.filter(({ name }) => dearest.has(name));
}

const TRANSPORTS: Readonly<Record<string, Ask>> = { http: post, ws: overSocket, sse: overStream };

/** One operation in a process of its own, which has answered a small one before. */
async function measured(url: string, work: (process: HttpProcess) => Promise<string>): Promise<Cost> {
  const process = await startHttp('whole', url);
  await post(process, '{ runs(first: 1) { nodes { id outcomes(first: 1) { nodes { userId } } } } }');
  const before = await usageOf(process);
  const over = new AbortController();
  const watching = longestHealth(process, over.signal);
  const began = performance.now();
  const text = await work(process);
  const ms = performance.now() - began;
  over.abort();
  const healthMs = await watching;
  const after = await usageOf(process);
  process.child.disconnect();
  const problem = /"errors":.{0,300}/.exec(text)?.[0] ?? '';
  const { peakMb } = after;
  return { cpuMs: after.cpuMs - before.cpuMs, ms, grownMb: peakMb - before.rssMb, peakMb, healthMs, bytes: text.length, problem };
}

/** ms of the longest wait for an answer of `/healthz`, asked over and over until told to stop. */
async function longestHealth({ address }: HttpProcess, over: AbortSignal): Promise<number> {
  let longest = 0;
  while (!over.aborted) {
    const asked = performance.now();
    await (await fetch(address.replace('/graphql', '/healthz'))).text();
    longest = Math.max(longest, performance.now() - asked);
  }
  return longest;
}

async function post({ address }: HttpProcess, query: string): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

async function overStream({ address }: HttpProcess, query: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  return (await fetch(`${address}/stream`, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
}

async function overSocket({ address }: HttpProcess, query: string): Promise<string> {
  const client = createClient({ url: address.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  let text = '';
  try {
    for await (const result of client.iterate({ query })) text += JSON.stringify(result);
  } catch (error) {
    text += JSON.stringify({ errors: [error instanceof Error ? error.message : (error as { reason?: string }).reason] });
  }
  await client.dispose();
  return text;
}

/** A night as the batch makes it, its copies over years, and a backfill that says it made them. */
async function makeNights(url: string): Promise<Subjects> {
  await measuredRuns(url, 1, () => reset(url));
  await fillLog(url, (DATES + 5) * USERS, () => undefined);
  return withClient(url, async (client) => {
    const { rows } = await client.query<Subjects>(BACKFILL, [DATES]);
    if (rows[0] === undefined) throw new Error('there are no runs to make a backfill of');
    return rows[0];
  });
}

const BACKFILL = `with chosen as (select run_id, row_number() over (order by requested_at)::int as place from batch.run_view limit $1),
  made as (insert into batch.backfill_view
    select gen_random_uuid(), 1, 'COMPLETED', 'daily', '2024-01-01', '2025-02-03', 'RULES', 'SKIP', 'OLDEST_FIRST', 1, null, 'bench', null, null, now(), now() returning backfill_id),
  dates as (insert into batch.backfill_date_view select m.backfill_id, date '2024-01-01' + c.place, c.place, 'STARTED', c.run_id, null from made m, chosen c),
  linked as (update batch.run_view r set backfill_id = m.backfill_id from made m, chosen c where r.run_id = c.run_id)
  select m.backfill_id::text as "backfillId", (select run_id::text from chosen limit 1) as "runId",
    (select min(id) from auth_user where is_active and not is_staff)::int as "userId" from made m`;
