import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../application/ports.js';
import { makeAlertRoom, type AlertRoom } from '../alerts/alert-room.js';
import { Workers } from '../store/workers.js';
import type { Config } from '../config/config.js';
import { LagWatch, lagProblem, type Lag } from '../eventlog/lag-watch.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { ErasureDesk } from '../lifecycle/erasure/erasure-desk.js';
import { RetentionDesk } from '../lifecycle/retention/retention-desk.js';
import { archiveDirOf } from '../lifecycle/retention/retention-settings.js';
import { SystemQueries } from '../projections/queries/system-queries.js';
import { loadAdviceWords, type AdviceWords } from '../generators/advice-words.js';
import type { ReadJournal } from '../reads/read-journal.js';
import { type Connections, FAREWELL_MS, openConnections } from './connections.js';
import { Health } from './health.js';
import { makeReadJournal } from './reads.js';
import type { Logger } from '../server/http/options.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { makeDeps } from './make-deps.js';

/** Everything that roles and commands are made of, connected and not yet working. */
export interface Core extends Pick<Connections, 'pool' | 'maintenance' | 'orm' | 'jobs' | 'wakeUps' | 'close'> {
  readonly deps: Deps;
  readonly log: PostgresLog;
  readonly lag: LagWatch;
  readonly workers: Workers;
  readonly meter: GenerationMeter;
  readonly words: AdviceWords;
  readonly alerts: AlertRoom;
  /** What is kept of the log. */
  readonly retention: RetentionDesk;
  /** Erasures: persons that are to be forgotten. */
  readonly erasure: ErasureDesk;
  /** The audit of reads. */
  readonly reads: ReadJournal;
  /** What the doctor says, as this process asks it. */
  readonly health: Health;
}

/** ms that an erasure waits for the record of reads that were made before it. */
const SETTLE_MS = 1_000;
/**
 * Connects to the database, and tries to connect to the job store: without it work goes on, only slower. @throws when the database does not answer, and what keeps a core from being made; nothing
 * is left open then
 */
export async function openCore(config: Config, url: string, logger: Logger): Promise<Core> {
  llmSettings(config); // throws while there is nothing to close yet, and so does what cannot be read
  const words = loadAdviceWords(config);
  const workerId = uuidv7();
  const connections = await openConnections(config, { url, workerId, logger });
  try {
    return makeCore(config, { url, workerId, logger, words, connections });
  } catch (error) {
    await connections.close();
    throw error;
  }
}

interface Ground {
  readonly url: string;
  readonly workerId: string;
  readonly logger: Logger;
  readonly words: AdviceWords;
  readonly connections: Connections;
}

/** Makes a core of connections; opens nothing more. */
function makeCore(config: Config, { url, workerId, logger, words, connections }: Ground): Core {
  const { pool, maintenance, looks, orm, jobs, sender, wakeUps } = connections;
  const lag = new LagWatch(pool, { alarmMs: config.BATCH_LAG_ALARM_MS, onAlarm: (found) => reportAlarm(logger, found) });
  const health = new Health({ config, pool: looks, url }, logger);
  const reads = makeReadJournal(pool, logger);
  const close = async (): Promise<void> => {
    lag.stop();
    health.stop();
    await reads.close(FAREWELL_MS);
    await connections.close();
  };
  const unknown = (type: string): void =>
    logger.warn({ type }, 'the log holds an event type that this release does not know; passing it by');
  const meter = new GenerationMeter();
  const workers = new Workers(pool);
  const deps = makeDeps({ config, words, pool, jobs, sender, workerId, workers, logger, meter });
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
    workers,
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
