import type { Config } from '../config/config.js';
import { ensureFirstSchedule } from '../application/schedules/first-schedule.js';
import { HEARTBEAT_MS } from '../store/workers.js';
import { endsWithin } from '../base/ends-within.js';
import { enterEra } from '../eventlog/enter-era.js';
import type { Scheduler } from '../jobs/scheduler.js';
import type { Worker } from '../jobs/worker-jobs.js';
import { VERSION } from '../base/version.js';
import { makeAlertWatch } from './alerts.js';
import { makeKeySweep } from './key-sweep.js';
import { makeReadRetention } from './reads.js';
import { makeRetentionWatch } from './retention.js';
import { makeHeadWatch } from './log-head.js';
import { makePaceWatch } from './pace-watch.js';
import { makeSessionSweep } from './session-sweep.js';
import { makeDeadManSwitch } from './dead-man.js';
import { makeScheduler, makeWorker } from './make-workers.js';
import { FAREWELL_MS } from './connections.js';
import { openCore, type Core } from './core.js';
import type { StatusServer } from '../server/http/status-server.js';
import type { Logger, RunningHttpServer } from '../server/http/options.js';
import { LevelWatch } from './level-watch.js';
import { serveStatus } from './serve-status.js';
import { type ProcessRole, schedules, servesHttp } from './process-role.js';
import { requireUsable } from './require-usable.js';
import { tellSilence } from './tell-silence.js';
import { startTracing, thenEnd } from './tracing/start-tracing.js';
import { startMetrics, type Metrics } from './metrics/metrics.js';
import type { serveHttp } from './serve-http.js';
import { OWN_ACTORS } from '../domain/own-actors.js';

export { type ProcessRole } from './process-role.js';

/** A service that runs. */
export interface Service {
  readonly core: Core;
  /** Where it answers; undefined for a process without the api role. */
  readonly url: string | undefined;
  /** Settles, with a sentence, when a newer release has migrated the schema into one that this process cannot work on: it must be stopped. */
  readonly outgrown: Promise<string>;
  /** Where it answers its monitoring, of every role; undefined where METRICS_PORT is not set. */
  readonly statusUrl: string | undefined;
  /** Finishes the current write, gives back what is held, closes sockets and connections. @returns whether all of it ended within the grace time */
  stop(): Promise<boolean>;
}

/** What a service is started on and as. */
export interface ServiceOptions {
  readonly url: string;
  readonly role: ProcessRole;
  readonly logger: Logger;
  /** Whether a database that never had a schedule gets its first one. Default: true. Not for what only lends a hand to a command. */
  readonly firstSchedule?: boolean;
}

/**
 * Starts the roles of a process on a database that is up to date.
 * @throws ConfigError when it would answer a caller that must not be let in; when a store does not answer or the port is taken
 */
export async function startService(config: Config, options: ServiceOptions): Promise<Service> {
  const { role, logger, firstSchedule = true } = options;
  // Before anything is opened.
  await requireUsable(config, role);
  const endTracing = await startTracing(config, role);
  const core = await openCore(config, options.url, logger).catch(async (error: unknown) => {
    await endTracing();
    throw error;
  });
  try {
    await recogniseCluster(core, logger);
    await core.wakeUps.start();
    core.lag.start();
    if (firstSchedule) await ensureFirstSchedule(core.deps, OWN_ACTORS.firstStart);
    const service = await startRoles(config, { core, role, logger });
    return { ...service, stop: () => thenEnd(() => service.stop(), endTracing) };
  } catch (error) {
    await core.close();
    await endTracing();
    throw error;
  }
}

/** Before a process reads or writes. An append would do it as well; here it is said. */
async function recogniseCluster({ pool }: Core, logger: Logger): Promise<void> {
  const era = await enterEra(pool);
  if (era !== undefined)
    logger.warn(
      era,
      'the log was brought here from another PostgreSQL cluster, or its server was promoted: its events come first, new ones after them',
    );
}

async function startRoles(config: Config, { core, role, logger }: { core: Core; role: ProcessRole; logger: Logger }): Promise<Service> {
  const metrics = startMetrics(core, { role, config });
  const worker = role === 'all' || role === 'worker' ? makeWorker(config, core, logger, metrics) : undefined;
  const scheduler = schedules(role) ? makeScheduler(config, core, logger, metrics) : undefined;
  const lanes = worker === undefined ? 0 : config.WORKER_LANES;
  const paced = worker === undefined ? undefined : makePaceWatch(config, core, logger);
  const watches = [
    ...(scheduler === undefined ? [] : makeWatches(config, { core, logger, metrics })),
    ...(paced === undefined ? [] : [paced]),
  ];
  const level = new LevelWatch(core.pool, HEARTBEAT_MS);
  let parts: Parts = { core, level, worker, scheduler, watches, server: undefined, status: undefined, metrics };
  try {
    // Before any work is taken up: where the port is taken, no chunk has to be given back.
    if (servesHttp(role)) parts = { ...parts, server: await serve(config, { core, logger, metrics }) };
    parts = { ...parts, status: await serveStatus(config, { core, logger, metrics }) };
    await core.workers.signIn({ workerId: core.deps.settings.workerId, roles: role, lanes, version: VERSION }, tellSilence(logger));
    await worker?.start();
    await scheduler?.start();
    for (const watch of watches) watch.start();
    core.health.start();
    level.start();
  } catch (error) {
    await leave(config, parts);
    throw error;
  }
  const url = parts.server?.url;
  const statusUrl = parts.status?.url;
  logger.info({ role, lanes, heartbeatMs: HEARTBEAT_MS, url, statusUrl }, 'the service is up');
  return { core, url, statusUrl, outgrown: level.outgrown, stop: () => stop(config, parts) };
}

/** What a process does beside its slots and lanes, again and again. */
interface Watch {
  start(): void;
  stop(graceMs: number): Promise<unknown>;
}

function makeWatches(config: Config, { core, logger, metrics }: { core: Core; logger: Logger; metrics: Metrics }): readonly Watch[] {
  const made = [
    makeAlertWatch(config, core, logger),
    makeReadRetention(config, core.pool, logger),
    makeRetentionWatch(config, core, logger, metrics),
    makeSessionSweep(config, core, logger),
    makeKeySweep(core.pool, logger),
    makeHeadWatch(core, logger),
    makeDeadManSwitch(config, core, logger),
  ];
  return made.filter((watch) => watch !== undefined);
}

/** GraphQL and its like are loaded by a process that answers: a worker, and a command that does the work itself, start in half the time without. */
const serve: typeof serveHttp = async (...what) => (await import('./serve-http.js')).serveHttp(...what);

interface Parts {
  readonly core: Core;
  readonly level: LevelWatch;
  readonly worker: Worker | undefined;
  readonly scheduler: Scheduler | undefined;
  readonly watches: readonly Watch[];
  readonly server: RunningHttpServer | undefined;
  readonly status: StatusServer | undefined;
  readonly metrics: Metrics;
}

async function stop(config: Config, parts: Parts): Promise<boolean> {
  const worked = await leave(config, parts);
  await parts.core.close();
  return worked;
}

/** Ends what the roles do, and says that this process is gone. */
async function leave(config: Config, { core, level, worker, scheduler, watches, server, status, metrics }: Parts): Promise<boolean> {
  level.stop();
  const grace = config.BATCH_GRACE_MS;
  scheduler?.stop();
  const [worked] = await Promise.all([worker?.stop(grace) ?? true, server?.close(grace), ...watches.map((watch) => watch.stop(grace))]);
  await endsWithin(FAREWELL_MS, core.workers.signOut(core.deps.settings.workerId));
  await status?.close();
  metrics.stop();
  return worked;
}
