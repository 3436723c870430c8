import type { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { endsWithin } from '../base/ends-within.js';
import type { Config } from '../config/config.js';
import { governPool } from '../database/governed-pool.js';
import { openOrm } from '../database/orm.js';
import { POOL_SIZES } from '../database/pool-sizes.js';
import { closePool, openPool, type PoolOptions } from '../database/pool.js';
import { WakeUps, WakeUpSender } from '../feeds/wake-ups.js';
import { JobStore } from '../jobs/job-store.js';
import { openMongoAgenda, openPostgresAgenda } from '../jobs/open-agenda.js';
import { ChunkView, RunView } from '../projections/entities.js';
import type { Logger } from '../server/http/options.js';
import { tellBreaks } from './told-breaks.js';

/** Everything of a process that holds connections. */
export interface Connections {
  readonly pool: pg.Pool;
  /** For what an operator asks for and what takes as long as it takes: its statements have no limit of time. */
  readonly maintenance: pg.Pool;
  /** For checks of readiness. */
  readonly looks: pg.Pool;
  readonly orm: MikroORM;
  readonly jobs: JobStore;
  readonly sender: WakeUpSender;
  readonly wakeUps: WakeUps;
  /** Gives jobs back, sends what waits, and closes every connection. */
  close(): Promise<void>;
}

/** ms between tries while the job store does not answer, and the longest its closing may take. */
const JOB_STORE_MS = 3_000;
/** ms between two looks at whether it still answers. */
const WATCH_MS = 5_000;
/** ms that a check of readiness waits for what another transaction holds. */
const LOOK_LOCK_MS = 200;
/** ms that statements have which still run when everything closes: a grace time is used up by then. */
const CLOSING_MS = 200;
/** ms that what is said last, and each closing, may take: what is left then ends with the process. */
export const FAREWELL_MS = 1_000;

/** Opens the connections of a process, which is called `workerId`; the job store may be away. Where one cannot be opened, none is left open. @throws when the database does not answer */
export async function openConnections(
  config: Config,
  { url, workerId, logger }: { readonly url: string; readonly workerId: string; readonly logger: Logger },
): Promise<Connections> {
  const onError = tellBreaks(logger);
  const closings: (() => Promise<unknown>)[] = [];
  const statementMs = config.BATCH_STATEMENT_MS;
  const open = (options: Pick<PoolOptions, 'max' | 'name' | 'statementMs' | 'lockMs'>): pg.Pool => {
    const pool = openPool({ url, onError: onError('pool'), ...options });
    closings.push(() => closePool(pool, CLOSING_MS));
    return pool;
  };
  // Over a connection that died without a word even a farewell takes for ever; and MikroORM waits for its statements without end.
  const closePools = async (): Promise<void> => void (await Promise.all(closings.map((closing) => endsWithin(FAREWELL_MS, closing()))));
  // Each lane holds one connection while it writes; the rest serve renewals, reads and readiness.
  const pool = open({ max: config.WORKER_LANES + POOL_SIZES.beyondLanes, name: 'core', statementMs });
  // Kept apart: the deadline of a statement must not wait for the connections that statements fill.
  const cancels = open({ max: POOL_SIZES.cancels, name: 'cancels', statementMs });
  const govern = (governed: pg.Pool): pg.Pool => governPool(governed, cancels);
  govern(pool);
  const maintenance = open({ max: POOL_SIZES.maintenance, name: 'maintenance' }); // connects when a command asks
  // A check says at once that it would wait: it keeps no other from being made in its time.
  const looks = open({ max: POOL_SIZES.looks, name: 'health', statementMs, lockMs: LOOK_LOCK_MS });
  const views = { url, max: POOL_SIZES.views, name: 'views', statementMs, onError: onError('views'), onOpened: govern };
  const orm = openOrm(views, { entities: [RunView, ChunkView] });
  closings.push(() => orm.close(true));
  const jobs = jobStore(config, { url, workerId, onError: onError('job store') });
  await jobs.start();
  const [sender, wakeUps] = [new WakeUpSender(pool), new WakeUps(url)];
  const close = async (): Promise<void> => {
    await jobs.stop(JOB_STORE_MS);
    await endsWithin(FAREWELL_MS, Promise.all([wakeUps.close(), sender.flush()]));
    await closePools();
  };
  return { pool, maintenance, looks, orm, jobs, sender, wakeUps, close };
}

function jobStore(
  config: Config,
  { url, workerId, onError }: { url: string; workerId: string; onError: (error: unknown) => void },
): JobStore {
  const agenda = { name: workerId, onError };
  const mongo = config.MONGODB_URL;
  if (mongo !== undefined) {
    return new JobStore({
      kind: 'Agenda on MongoDB',
      make: () => openMongoAgenda(mongo, agenda),
      retryMs: JOB_STORE_MS,
      watchMs: WATCH_MS,
      onError,
    });
  }
  const make = async (): ReturnType<typeof openPostgresAgenda> => {
    const pool = openPool({
      url,
      max: POOL_SIZES.jobs,
      name: 'jobs',
      searchPath: 'batch',
      statementMs: config.BATCH_STATEMENT_MS,
      onError,
    });
    try {
      const opened = await openPostgresAgenda(pool, agenda);
      const close = async (): Promise<void> => {
        await opened.close();
        await closePool(pool, CLOSING_MS);
      };
      return { ...opened, close };
    } catch (error) {
      await closePool(pool, 0);
      throw error;
    }
  };
  return new JobStore({ kind: 'Agenda on PostgreSQL', make, retryMs: JOB_STORE_MS, watchMs: WATCH_MS, onError });
}
