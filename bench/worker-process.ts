import type { Generator } from '../src/application/ports.js';
import { requestRun } from '../src/application/run/request-run.js';
import { readConfig } from '../src/config/config.js';
import { localDate } from '../src/domain/local-date.js';
import { startService } from '../src/runtime/service.js';
import { RECORD_DATE } from './bench-database.js';
import { WaitingGenerator } from './waiting-generator.js';

/** What a measured run reports to the process that started it. */
export interface RunReport {
  readonly roster: number;
  /** ms from the request to the last event. */
  readonly ms: number;
  readonly peakRssMb: number;
  readonly cpuSeconds: number;
}

/** How a worker of the bench differs from the service's. */
export interface WorkerSettings {
  /** ms that its generator keeps a lane waiting with each user. */
  readonly waitMs?: number;
  /** Users a chunk; 1,000 without. */
  readonly chunkSize?: number;
  /** Chunks as a run cuts them by itself, in hundredths of the roster. */
  readonly plannedChunks?: boolean;
  /** Runs cover so many users only, those with the least ids. */
  readonly users?: number;
  /** Settings of the service beside the bench's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
const url = process.argv[2] ?? '';
const runs = Number(process.argv[3] ?? 1);
const { waitMs = 0, chunkSize = 1_000, plannedChunks = false, users, environment } = JSON.parse(process.argv[5] ?? '{}') as WorkerSettings;
const config = readConfig({ WORKER_LANES: process.argv[4] ?? '4', BATCH_CHUNK_SIZE: '1000', LOG_LEVEL: 'warn', ...environment });
const service = await startService(config, { url, role: 'worker', logger: silent });
if (waitMs > 0) makeGeneratorsWait(waitMs);
process.on('message', () => void once()); // one run for each message
process.on('disconnect', () => void service.stop());
process.send?.('ready');
let done = 0;

async function once(): Promise<void> {
  const cpu = process.cpuUsage();
  const answer = await requestRun(
    service.core.deps,
    { trigger: 'MANUAL', recordDate: localDate(RECORD_DATE), ...(!plannedChunks && { chunkSize }), ...(await chosen()) },
    { actor: 'bench' },
  );
  if (answer.status === 'rejected') throw new Error(answer.message);
  const row = await ended(answer.run.runId);
  const { user, system } = process.cpuUsage(cpu);
  const ms = row.ended_at.getTime() - row.requested_at.getTime();
  const report: RunReport = { roster: row.roster, ms, peakRssMb: process.resourceUsage().maxRSS / 1024, cpuSeconds: (user + system) / 1e6 };
  process.send?.(report);
  done += 1;
  if (done === runs) process.disconnect();
}

async function chosen(): Promise<{ userIds?: readonly number[] }> {
  if (users === undefined) return {};
  const text = 'select id from public.auth_user where is_active and not is_staff order by id limit $1';
  return { userIds: (await service.core.pool.query<{ id: number }>(text, [users])).rows.map(({ id }) => id) };
}

function makeGeneratorsWait(ms: number): void {
  const generators = service.core.deps.generators as Map<Generator['name'], Generator>;
  for (const [name, generator] of generators) generators.set(name, new WaitingGenerator(generator, ms));
}

interface Ended {
  readonly roster: number;
  readonly requested_at: Date;
  readonly ended_at: Date;
}

async function ended(runId: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      service.core.pool
        .query<Ended>('select roster, requested_at, ended_at from batch.run_view where run_id = $1 and ended_at is not null', [runId])
        .then(({ rows }) => (rows[0] === undefined ? setTimeout(look, 50) : resolve(rows[0])), reject);
    };
    look();
  });
}
