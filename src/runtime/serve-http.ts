import 'reflect-metadata'; // before any class of the schema: their decorators need it
import { turnScheduleJobs } from '../application/schedules/turn-schedule-jobs.js';
import type { Config } from '../config/config.js';
import { authenticationOf, openDoorLine } from './authentication.js';
import { OutcomeQueries } from '../projections/queries/outcome-queries.js';
import { RetentionQueries } from '../projections/queries/retention-queries.js';
import { RunQueries } from '../projections/queries/run-queries.js';
import { builtConsole } from '../server/console/console.js';
import type { Core } from './core.js';
import { createDashboard } from '../server/dashboard/dashboard.js';
import type { TurnJobs } from '../server/dashboard/job-orders.js';
import { createOutcomesCsv, OUTCOMES_CSV_PATH } from '../server/export/outcomes-csv.js';
import { graphqlSchema } from '../server/graphql-schema.js';
import { createHttpServer } from '../server/http/create-http-server.js';
import type { ExtraRoutes, Logger, RunningHttpServer } from '../server/http/options.js';
import type { Metrics } from './metrics/metrics.js';
import { credentialsOf } from '../server/session/credentials-of.js';
import { createSessionRoutes } from '../server/session/session-routes.js';
import { configuredLimits } from '../server/operations/desk-limits.js';
import { openIdentity } from './open-identity.js';
import { owedNightsOf } from './serve-status.js';
import { readinessOf } from './readiness.js';
import { contextFactory } from './request-context.js';
import { sharedAnswer } from './shared-answer.js';

const clock = (): number => Date.now();

/** Serves a core over HTTP, to callers that the configuration lets in. @throws ConfigError; when the address cannot be had */
export async function serveHttp(
  config: Config,
  { core, logger, metrics }: { readonly core: Core; readonly logger: Logger; readonly metrics: Metrics },
): Promise<RunningHttpServer> {
  const authentication = authenticationOf(config);
  const openDoor = openDoorLine(config);
  if (openDoor !== undefined) logger.warn({ host: config.HOST }, openDoor);
  const { identity, desk, provider } = openIdentity(authentication, { pool: core.pool, clock });
  const publicUrl = config.CONSOLE_URL === undefined ? undefined : new URL(config.CONSOLE_URL);
  const appOrigins = new Set(config.CONSOLE_APP_ORIGINS?.split(','));
  const sessions = createSessionRoutes({ desk, identity, publicUrl, provider, appOrigins, logger, clock });
  const turnJobs: TurnJobs = (turn) => turnScheduleJobs(core.deps, turn);
  const dashboard = createDashboard({ identity, front: sessions.front, agenda: () => core.jobs.agenda, turnJobs });
  const contexts = contextFactory(core, config.BATCH_POLL_MS, desk);
  const outcomesCsv = createOutcomesCsv({
    identity,
    onExport: (read) => core.reads.noteRun({ ...read, via: 'EXPORT', what: 'outcomes.csv' }),
    reads: () => {
      const em = core.orm.em.fork();
      return { runs: new RunQueries(em), outcomes: new OutcomeQueries(em), retention: new RetentionQueries(em) };
    },
  });
  const production = config.NODE_ENV === 'production';
  const server = await createHttpServer({
    schema: await graphqlSchema(),
    host: config.HOST,
    port: config.PORT,
    contextFor: async (request) => contexts.forRequest(await identity.identify(credentialsOf(request))),
    contextForEvent: contexts.forEvent,
    callerOf: ({ actor }) => actor,
    rightsOf: ({ role }) => role,
    contextForAll: contexts.forAll,
    onSeen: (caller, seen) => core.reads.note(caller, 'GRAPHQL', seen),
    restContext: (context) => context,
    limits: configuredLimits(config),
    watchCaller: (request, onRefused) => identity.watch(credentialsOf(request), onRefused),
    session: sessions.handle,
    readiness: sharedAnswer(() => readinessOf(core, config)),
    owedNights: sharedAnswer(() => owedNightsOf(core.pool, config.ALERT_READY_PERCENT)),
    metrics: () => metrics.text(),
    production,
    introspection: config.BATCH_INTROSPECTION === 'auto' ? !production : config.BATCH_INTROSPECTION === 'on',
    consoleFolder: builtConsole(),
    logger,
    extraRoutes: withExport(outcomesCsv, dashboard.routes),
    onError: () => metrics.errors.inc(),
  });
  const close = (graceMs: number): Promise<void> => {
    dashboard.close();
    return server.close(graceMs);
  };
  return { ...server, close };
}

/** Exports before the dashboard's routes. What a route rejects with, the server answers. */
function withExport(outcomesCsv: ReturnType<typeof createOutcomesCsv>, others: ExtraRoutes): ExtraRoutes {
  const answer: (...args: Parameters<ExtraRoutes>) => Promise<void> = async (request, response, next) => {
    try {
      await outcomesCsv(request, response);
    } catch (error) {
      next(error);
    }
  };
  return (request, response, next) => {
    if (request.url?.split('?')[0] === OUTCOMES_CSV_PATH) void answer(request, response, next);
    else others(request, response, next);
  };
}
