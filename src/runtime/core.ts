import type { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../application/ports.js';
import { makeAlertRoom, type AlertRoom } from '../alerts/alert-room.js';
import { Workers } from '../store/workers.js';
import type { Config } from '../config/config.js';
import { governPool } from '../database/governed-pool.js';
import { openOrm } from '../database/orm.js';
import { closePool, openPool } from '../database/pool.js';
import { endsWithin } from '../base/ends-within.js';
import { LagWatch, lagProblem, type Lag } from '../eventlog/lag-watch.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { WakeUps, WakeUpSender } from '../feeds/wake-ups.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { JobStore } from '../jobs/job-store.js';
import { ErasureDesk } from '../lifecycle/erasure/erasure-desk.js';
import { RetentionDesk } from '../lifecycle/retention/retention-desk.js';
import { archiveDirOf } from '../lifecycle/retention/retention-settings.js';
import { openMongoAgenda, openPostgresAgenda } from '../jobs/open-agenda.js';
import { ChunkView, RunView } from '../projections/entities.js';
import { SystemQueries } from '../projections/queries/system-queries.js';
import { loadAdviceWords, type AdviceWords } from '../generators/advice-words.js';
import { codeOf } from '../base/error-code.js';
import type { ReadJournal } from '../reads/read-journal.js';
import { Health } from './health.js';
import { makeReadJournal } from './reads.js';
import type { Logger } from '../server/http/options.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { makeDeps } from './make-deps.js';

/** Everything that roles and commands are made of, connected and not yet working. */
export interface Core {
  readonly deps: Deps;
  readonly pool: pg.Pool;
  /** For what an operator asks for and what takes as long as it takes: its statements have no limit of time. */
  readonly maintenance: pg.Pool;
  readonly orm: MikroORM;
  readonly jobs: JobStore;
  readonly log: PostgresLog;
  readonly wakeUps: WakeUps;
  readonly lag: LagWatch;
  readonly workers: Workers;
  readonly meter: GenerationMeter;
  readonly words: AdviceWords;
  readonly alerts: AlertRoom;
  /** What is kept of the log. */
  readonly retention: RetentionDesk;
  /** Persons who are to be forgotten. */
  readonly erasure: ErasureDesk;
  /** Records who read what of whom. */
  readonly reads: ReadJournal;
  /** What the doctor says, as this process asks it. */
  readonly health: Health;
  /** Sends what waits and closes every connection. */
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
/** ms that an erasure waits for the record of reads that were made before it. */
const SETTLE_MS = 1_000;
/** ms that what is said last, and each closing, may take: what is left then ends with the process. */
export const FAREWELL_MS = 1_000;

/** Connects to the database, and tries to connect to the job store: without it work goes on, only slower. @throws when the database does not answer */
export async function openCore(config: Config, url: string, logger: Logger): Promise<Core> {
  llmSettings(config); // throws while there is nothing to close yet, and so does what cannot be read
  const words = loadAdviceWords(config);
  const onError = (part: string) => (error: unknown) => logger.warn({ part, code: codeOf(error) }, 'a connection broke; it is made again');
  const workerId = uuidv7();
  // Each lane holds one connection while it writes; the rest serve renewals, reads and readiness.
  const pool = openPool({
    url,
    max: config.WORKER_LANES + 8,
    name: 'core',
    statementMs: config.BATCH_STATEMENT_MS,
    onError: onError('pool'),
  });
  // Kept apart: the deadline of a statement must not wait for the connections that statements fill.
  const cancels = openPool({ url, max: 1, name: 'cancels', statementMs: config.BATCH_STATEMENT_MS, onError: onError('pool') });
  const govern = (governed: pg.Pool): pg.Pool => governPool(governed, cancels);
  govern(pool);
  const maintenance = openPool({ url, max: 1, name: 'maintenance', onError: onError('pool') }); // connects when a command asks
  const views = { url, max: 10, name: 'views', statementMs: config.BATCH_STATEMENT_MS, onError: onError('views'), onOpened: govern };
  const orm = await openOrm(views, { entities: [RunView, ChunkView] });
  const jobs = jobStore(config, { url, workerId, onError: onError('job store') });
  await jobs.start();
  const sender = new WakeUpSender(pool);
  const wakeUps = new WakeUps(url);
  const lag = new LagWatch(pool, { alarmMs: config.BATCH_LAG_ALARM_MS, onAlarm: (found) => reportAlarm(logger, found) });
  // A check says at once that it would wait: it keeps no other from being made in its time.
  const looks = openPool({ url, max: 2, name: 'health', statementMs: config.BATCH_STATEMENT_MS, lockMs: LOOK_LOCK_MS, onError: onError('pool') }); // prettier-ignore
  const health = new Health({ config, pool: looks, url }, logger);
  const reads = makeReadJournal(pool, logger);
  const close = async (): Promise<void> => {
    lag.stop();
    health.stop();
    await reads.close(FAREWELL_MS);
    await jobs.stop(JOB_STORE_MS);
    await endsWithin(FAREWELL_MS, Promise.all([wakeUps.close(), sender.flush()]));
    // Over a connection that died without a word even a farewell takes for ever; and MikroORM waits for its statements without end.
    const pools = [
      closePool(pool, CLOSING_MS),
      closePool(looks, CLOSING_MS),
      closePool(maintenance, CLOSING_MS),
      closePool(cancels, CLOSING_MS),
      orm.close(true),
    ];
    await Promise.all(pools.map((closing) => endsWithin(FAREWELL_MS, closing)));
  };
  const unknown = (type: string): void =>
    logger.warn({ type }, 'the log holds an event type that this release does not know; passing it by');
  const meter = new GenerationMeter();
  const deps = makeDeps({ config, words, pool, jobs, sender, workerId, logger, meter });
  const log = new PostgresLog(pool, unknown);
  const alerts = makeAlertRoom(config, pool);
  const retention = new RetentionDesk({ pool, url, keep: config.RETENTION_KEEP_MONTHS, archiveDir: archiveDirOf(config) });
  return {
    retention,
    erasure: new ErasureDesk(pool, () => reads.settle(SETTLE_MS)),
    deps,
    pool,
    maintenance,
    orm,
    jobs,
    log,
    wakeUps,
    lag,
    workers: new Workers(pool),
    meter,
    words,
    alerts,
    reads,
    health,
    close,
  };
}

/** What an operator looks at first, read through a core. */
export function systemQueriesOf({ pool, workers, lag, jobs }: Core): SystemQueries {
  return new SystemQueries({ pool, workers, lag, queued: () => jobs.queueSize(), jobStoreKind: jobs.kind });
}

function reportAlarm(logger: Logger, lag: Lag): void {
  const { hiddenMs, heldMs } = lag;
  if (lag.alarm) logger.warn({ hiddenMs, heldMs }, lagProblem(lag).text);
  else logger.info({ hiddenMs, heldMs }, 'readers of the log see what is written again');
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
    const pool = openPool({ url, max: 6, name: 'jobs', searchPath: 'batch', statementMs: config.BATCH_STATEMENT_MS, onError });
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
  return new JobStore({ kind: 'Agenda on PostgreSQL', make, retryMs: JOB_STORE_MS, watchMs: WATCH_MS, onError });
}
