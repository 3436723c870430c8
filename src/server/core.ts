import { MikroORM } from '@mikro-orm/postgresql';
import type { Agenda } from 'agenda';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Deps, Generator } from '../application/ports.js';
import { PostgresLaneStore } from '../claims/lane-store.js';
import { Workers } from '../claims/workers.js';
import type { Config } from '../config.js';
import { openPool } from '../database/pool.js';
import { transactionOn } from '../database/transaction.js';
import { createRuleEngine } from '../domain/advice/rule-engine.js';
import { runId } from '../domain/ids.js';
import type { GeneratorName } from '../domain/outcome.js';
import { DAILY } from '../domain/program.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { WakeUps, WakeUpSender } from '../eventlog/wake-ups.js';
import { loadCatalogue } from '../generators/catalogue-file.js';
import { RulesGenerator } from '../generators/rules-generator.js';
import { AgendaBell } from '../jobs/agenda-bell.js';
import { openAgenda } from '../jobs/open-agenda.js';
import { ChunkView, OutcomeView, RunView } from '../projections/entities.js';
import { AuthUser, Intervention } from '../records/entities.js';
import { FoodBookCache } from '../records/food-book-cache.js';
import { InterventionRows } from '../records/intervention-rows.js';
import { PostgresRecords } from '../records/postgres-records.js';
import type { Logger } from './http/options.js';

/** Everything that roles and commands are made of, connected and not yet working. */
export interface Core {
  readonly deps: Deps;
  readonly pool: pg.Pool;
  readonly orm: MikroORM;
  readonly agenda: Agenda;
  readonly log: PostgresLog;
  readonly wakeUps: WakeUps;
  readonly workers: Workers;
  /** Sends what waits and closes every connection. */
  close(): Promise<void>;
}

/** Connects to the database and the job store. @throws when either does not answer */
export async function openCore(config: Config, url: string, logger: Logger): Promise<Core> {
  const onError = (part: string) => (error: unknown) => logger.warn({ part, code: codeOf(error) }, 'a connection broke; it is made again');
  // Each lane holds one connection while it writes; the rest serve renewals, reads and readiness.
  const pool = openPool({ url, max: config.WORKER_LANES + 8, name: 'core', onError: onError('pool') });
  const jobPool = openPool({ url, max: 6, name: 'jobs', searchPath: 'batch', onError: onError('jobs') });
  const orm = await openOrm(url);
  const workerId = uuidv7();
  const agenda = await openAgenda({ name: workerId, pool: jobPool, onError: onError('agenda') });
  const sender = new WakeUpSender(pool);
  const wakeUps = new WakeUps(url);
  const foods = new FoodBookCache(pool, loadCatalogue());
  const deps: Deps = {
    transaction: transactionOn(pool),
    records: new PostgresRecords(pool, foods),
    newBatch: () => new InterventionRows(),
    lanes: new PostgresLaneStore(pool),
    bell: new AgendaBell(agenda, (error) => logger.warn({ code: codeOf(error) }, 'a ring was lost; the sweep will find the run')),
    progress: sender,
    generators: generatorsOf(config, foods),
    programs: new Map([['daily', DAILY]]),
    clock: () => new Date(),
    newId: () => runId(uuidv7()),
    settings: settingsOf(config, workerId),
  };
  const close = async (): Promise<void> => {
    await wakeUps.close();
    await sender.flush();
    await Promise.all([pool.end(), jobPool.end(), orm.close(true)]);
  };
  const unknown = (type: string): void =>
    logger.warn({ type }, 'the log holds an event type that this release does not know; passing it by');
  return { deps, pool, orm, agenda, log: new PostgresLog(pool, unknown), wakeUps, workers: new Workers(pool), close };
}

function generatorsOf(config: Config, foods: FoodBookCache): ReadonlyMap<GeneratorName, Generator> {
  const rules = new RulesGenerator(createRuleEngine(loadCatalogue(), config.ADVICE_LANGUAGE), () => foods.current);
  return new Map([['RULES', rules]]);
}

function settingsOf(config: Config, workerId: string): Deps['settings'] {
  return {
    timeZone: config.BATCH_TIME_ZONE,
    generator: config.GENERATOR,
    language: config.ADVICE_LANGUAGE,
    chunkSize: config.BATCH_CHUNK_SIZE,
    leaseMs: config.BATCH_LEASE_MS,
    workerId,
  };
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

/** An error's code or name: all of it that may be logged. */
export function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
