import { startBenchWorker } from './bench-worker.js';
import { RECORD_DATE } from './bench-database.js';
import type { FollowersOrder, Heard } from './followers-process.js';
import { startFollowers } from './followers.js';
import { startHttp, usageOf, type HttpProcess } from './http.js';
import { cpuSecondsOf, postgresCpuSeconds } from './postgres-cpu.js';
import { reset, withClient } from './sql-limit.js';

/** A run that was followed, or was not. */
export interface FollowedRun {
  /** ms from its start to its end. */
  readonly ms: number;
  /** Seconds of CPU from before its start to after its end, of each part. */
  readonly cpu: { readonly api: number; readonly worker: number; readonly postgres: number };
  /** MB of the process that answers: before followers came, with them, and at the most. */
  readonly memory: { readonly before: number; readonly followed: number; readonly peak: number };
  readonly heard: Heard | undefined;
}

const REQUEST = `mutation ($input: RunBatchInput) { runBatch(input: $input) { ... on RunBatchAccepted { run { id } } ... on Error { message } } }`;

/** Asks for a run. @returns its id */
export async function requestOf({ address }: HttpProcess, input: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ query: REQUEST, variables: { input } }) });
  const { data } = (await response.json()) as { data: { runBatch: { run?: { id: string }; message?: string } } };
  if (data.runBatch.run === undefined) throw new Error(`a run was refused: ${data.runBatch.message}`);
  return data.runBatch.run.id;
}

/** Settings under which as many may follow as come. */
export function roomFor(followers: number): Record<string, string> {
  return { BATCH_SUBSCRIPTIONS_PER_CALLER: String(Math.max(1_000, followers * 3 + 10)) };
}

/** One run over all users: it is asked for, its followers come, and then a worker starts. @param follow undefined for none */
export async function followedRun(
  url: string,
  follow: (Pick<FollowersOrder, 'kind'> & { readonly followers: number }) | undefined,
): Promise<FollowedRun> {
  await reset(url);
  const api = await startHttp('whole', url, roomFor(follow?.followers ?? 0));
  const runId = await requestOf(api, { recordDate: RECORD_DATE, onExisting: 'REGENERATE' });
  const before = (await usageOf(api)).rssMb;
  const runIds = Array.from({ length: follow?.followers ?? 0 }, () => runId);
  const followers = follow && (await startFollowers({ address: api.address, kind: follow.kind, runIds }));
  const began = await usageOf(api);
  const postgresBegan = (await postgresCpuSeconds(url)) ?? Number.NaN;
  const worker = await startBenchWorker(url, 4);
  const ms = await endOf(url, runId);
  const heard = await followers?.heard;
  const after = await usageOf(api);
  const cpu = {
    api: (after.cpuMs - began.cpuMs) / 1_000,
    worker: cpuSecondsOf(worker.pid) ?? Number.NaN,
    postgres: ((await postgresCpuSeconds(url)) ?? Number.NaN) - postgresBegan,
  };
  followers?.close();
  await worker.close();
  api.child.disconnect();
  return { ms, cpu, memory: { before, followed: began.rssMb, peak: after.peakMb }, heard };
}

async function endOf(url: string, runId: string): Promise<number> {
  const text = 'select started_at as began, ended_at as ended from batch.run_view where run_id = $1 and ended_at is not null';
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ began: Date; ended: Date }>(text, [runId]);
      if (rows[0] !== undefined) return rows[0].ended.getTime() - rows[0].began.getTime();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}
