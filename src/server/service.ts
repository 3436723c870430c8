import type { Config } from '../config.js';
import { ensureFirstSchedule } from '../application/first-schedule.js';
import { HEARTBEAT_MS } from '../claims/workers.js';
import { Worker } from '../jobs/worker-jobs.js';
import { VERSION } from '../version.js';
import { codeOf, openCore, type Core } from './core.js';
import { graphqlSchema } from './graphql-schema.js';
import { createHttpServer } from './http/create-http-server.js';
import type { Logger, RunningHttpServer } from './http/options.js';
import { startMetrics, type Metrics } from './metrics.js';
import { readinessOf } from './readiness.js';
import { contextFactory } from './request-context.js';

/** What a process of the service does. `all` is api and worker in one. */
export const ROLES = ['all', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** A service that runs. */
export interface Service {
  readonly core: Core;
  /** Where it answers; undefined for a process without the api role. */
  readonly url: string | undefined;
  /** Finishes the current write, gives back what is held, closes sockets and connections. @returns whether all of it ended within the grace time */
  stop(): Promise<boolean>;
}

/** Starts the roles of a process on a database that is up to date. @throws when a store does not answer or the port is taken */
export async function startService(config: Config, options: { url: string; role: Role; logger: Logger }): Promise<Service> {
  const { role, logger } = options;
  const core = await openCore(config, options.url, logger);
  try {
    await core.wakeUps.start();
    await ensureFirstSchedule(core.deps, 'first start');
    const metrics = startMetrics(core);
    const worker = role === 'api' ? undefined : makeWorker(config, core, logger, metrics);
    const lanes = worker === undefined ? 0 : config.WORKER_LANES;
    await core.workers.signIn({ workerId: core.deps.settings.workerId, roles: role, lanes, version: VERSION });
    await (worker?.start() ?? core.agenda.start()); // started without jobs, it still passes rings on at once
    const server = role === 'worker' ? undefined : await serve(config, core, logger, metrics);
    logger.info({ role, lanes, heartbeatMs: HEARTBEAT_MS, url: server?.url }, 'the service is up');
    return { core, url: server?.url, stop: () => stop(config, { core, worker, server, metrics }) };
  } catch (error) {
    await core.close();
    throw error;
  }
}

function makeWorker(config: Config, core: Core, logger: Logger, metrics: Metrics): Worker {
  const onFailure = (job: string, runId: string, error: unknown): void => {
    metrics.jobFailures.inc({ job });
    logger.error({ job, runId, code: codeOf(error) }, 'a job failed; the sweep tries again');
  };
  return new Worker(core.deps, core.agenda, { lanes: config.WORKER_LANES, sweepMs: config.BATCH_SWEEP_MS, onFailure });
}

async function serve(config: Config, core: Core, logger: Logger, metrics: Metrics): Promise<RunningHttpServer> {
  const contexts = contextFactory(core, config.BATCH_POLL_MS);
  const production = config.NODE_ENV === 'production';
  return createHttpServer({
    schema: await graphqlSchema(),
    host: config.HOST,
    port: config.PORT,
    contextFor: () => Promise.resolve(contexts.forRequest('local')),
    contextForEvent: contexts.forEvent,
    readiness: () => readinessOf(core),
    metrics: () => metrics.text(),
    production,
    introspection: config.BATCH_INTROSPECTION === 'auto' ? !production : config.BATCH_INTROSPECTION === 'on',
    logger,
    onError: () => metrics.errors.inc(),
  });
}

interface Parts {
  readonly core: Core;
  readonly worker: Worker | undefined;
  readonly server: RunningHttpServer | undefined;
  readonly metrics: Metrics;
}

async function stop(config: Config, { core, worker, server, metrics }: Parts): Promise<boolean> {
  const grace = config.BATCH_GRACE_MS;
  const [worked] = await Promise.all([worker?.stop(grace) ?? core.agenda.stop(false).then(() => true), server?.close(grace)]);
  await core.workers.signOut(core.deps.settings.workerId);
  metrics.stop();
  await core.close();
  return worked;
}
