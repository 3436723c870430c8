import { setTimeout as delay } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../application/ports.js';
import { Workers } from '../claims/workers.js';
import type { Config } from '../config.js';
import { closePool, openPool } from '../database/pool.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { WakeUps, WakeUpSender } from '../eventlog/wake-ups.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { JobStore } from '../jobs/job-store.js';
import { openMongoAgenda, openPostgresAgenda } from '../jobs/open-agenda.js';
import { ChunkView, OutcomeView, RunView } from '../projections/entities.js';
import { AuthUser, Intervention } from '../records/entities.js';
import { codeOf } from './error-code.js';
import type { Logger } from './http/options.js';
import { makeDeps } from './make-deps.js';

/** Everything that roles and commands are made of, connected and not yet working. */
export interface Core {
  readonly deps: Deps;
  readonly pool: pg.Pool;
  readonly orm: MikroORM;
  readonly jobs: JobStore;
  readonly log: PostgresLog;
  readonly wakeUps: WakeUps;
  readonly workers: Workers;
  readonly meter: GenerationMeter;
  /** Sends what waits and closes every connection. */
  close(): Promise<void>;
}

/** ms between tries while the job store does not answer, and the longest its closing may take. */
const JOB_STORE_MS = 3_000;
/** ms that statements have which still run when everything closes: whoever had a grace time has used it by then. */
const CLOSING_MS = 200;

/** Connects to the database, and tries to connect to the job store: without it work goes on, only slower. @throws when the database does not answer */
export async function openCore(config: Config, url: string, logger: Logger): Promise<Core> {
  const onError = (part: string) => (error: unknown) => logger.warn({ part, code: codeOf(error) }, 'a connection broke; it is made again');
  const workerId = uuidv7();
  // Each lane holds one connection while it writes; the rest serve renewals, reads and readiness.
  const pool = openPool({ url, max: config.WORKER_LANES + 8, name: 'core', onError: onError('pool') });
  const orm = await openOrm(url);
  const jobs = jobStore(config, { url, workerId, onError: onError('job store') });
  await jobs.start();
  const sender = new WakeUpSender(pool);
  const wakeUps = new WakeUps(url);
  const close = async (): Promise<void> => {
    await jobs.stop(JOB_STORE_MS);
    await wakeUps.close();
    await sender.flush();
    // MikroORM waits for its statements without end; what is left of them ends with the process.
    await Promise.all([closePool(pool, CLOSING_MS), Promise.race([orm.close(true), delay(CLOSING_MS, undefined, { ref: false })])]);
  };
  const unknown = (type: string): void =>
    logger.warn({ type }, 'the log holds an event type that this release does not know; passing it by');
  const meter = new GenerationMeter();
  const deps = makeDeps({ config, pool, jobs, sender, workerId, logger, meter });
  return { deps, pool, orm, jobs, log: new PostgresLog(pool, unknown), wakeUps, workers: new Workers(pool), meter, close };
}

function jobStore(
  config: Config,
  { url, workerId, onError }: { url: string; workerId: string; onError: (error: unknown) => void },
): JobStore {
  const agenda = { name: workerId, onError };
  const mongo = config.MONGODB_URL;
  if (mongo !== undefined) {
    return new JobStore({ kind: 'Agenda on MongoDB', make: () => openMongoAgenda(mongo, agenda), retryMs: JOB_STORE_MS, onError });
  }
  const make = async (): ReturnType<typeof openPostgresAgenda> => {
    const pool = openPool({ url, max: 6, name: 'jobs', searchPath: 'batch', onError });
    try {
      const opened = await openPostgresAgenda(pool, agenda);
      const close = async (): Promise<void> => {
        await opened.close();
        await pool.end();
      };
      return { ...opened, close };
    } catch (error) {
      await pool.end();
      throw error;
    }
  };
  return new JobStore({ kind: 'Agenda on PostgreSQL', make, retryMs: JOB_STORE_MS, onError });
}

async function openOrm(url: string): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities: [AuthUser, Intervention, RunView, ChunkView, OutcomeView],
    pool: { min: 0, max: 10 },
    driverOptions: { application_name: 'ibsafe-batch views' },
    logger: () => undefined, // its messages quote statements
  });
}
