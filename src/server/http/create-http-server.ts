import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createConsole } from '../console/console.js';
import { answerProblem } from '../pages/problem-page.js';
import { createPlayground } from '../playground/playground.js';
import { USUAL_LIMITS } from '../operations/desk-limits.js';
import { OperationDesk } from '../operations/operation-desk.js';
import { createOperationRunner } from '../operations/operation-runner.js';
import { operationRules } from '../operations/operation-rules.js';
import { type Exchange, HttpRefusal } from './exchange.js';
import { createGraphQLOverHttp } from './graphql-over-http.js';
import { hostForBrowser, listen } from './listening.js';
import type { HttpServerOptions, RunningHttpServer } from './options.js';
import { requestIdFrom } from './request-id.js';
import { logWhenDone } from './request-log.js';
import { toOriginForm } from './request-target.js';
import { createRestEndpoint } from './rest-endpoint.js';
import { createRouter } from './router.js';
import { shutDown } from './shut-down.js';
import { createSseEndpoint } from './sse-endpoint.js';
import { cutWhenStalled, STALL_MS } from './stalled-answer.js';
import { createErrorDesk } from './unexpected-errors.js';
import { createWsEndpoint } from './ws-endpoint.js';
import { traced } from '../../tracing.js';
import { upgrade, wantsWebSocket } from './ws-upgrade.js';

/** Milliseconds for a request to arrive in full. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Connections beside those of WebSockets and streams: a connection beyond them is closed at once, and memory and file handles are left for the others. */
const MAX_REQUESTS = 2_000;
/** Longer than the idle timeout of common load balancers (60 s), so that it is never we who hang up on a request under way. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/**
 * Starts the HTTP server: GraphQL over HTTP, WebSocket and Server-Sent Events, the playground, the console, the front page, health and metrics.
 * Resolves when it listens. Rejects when the schema is not valid or the address cannot be had.
 */
export async function createHttpServer<Ctx extends object>(options: HttpServerOptions<Ctx>): Promise<RunningHttpServer> {
  const introspection = options.introspection ?? !options.production;
  const errors = createErrorDesk({ logger: options.logger, onError: options.onError, hideSuggestions: !introspection });
  const rules = operationRules(introspection);
  const desk = new OperationDesk(options.schema, { ...USUAL_LIMITS, ...options.limits }, options.onSeen);
  const callerOf = options.callerOf ?? (() => 'anybody');
  const gate = { rules, errors, desk, callerOf, run: createOperationRunner({ ...options, desk, callerOf, errors }) };
  const graphql = await createGraphQLOverHttp({ ...options, ...gate });
  const stream = createSseEndpoint(options, gate);
  const sockets = createWsEndpoint(options, gate);
  const { readiness, owedNights, metrics, extraRoutes, consoleFolder, restContext, contextFor } = options;
  const playground = options.playground ?? introspection;
  const route = createRouter({
    graphql,
    stream,
    rest: restContext && createRestEndpoint({ contextFor, restContext }, gate),
    playground: playground ? createPlayground(options.exampleOperations) : undefined,
    console: consoleFolder === undefined ? undefined : createConsole(consoleFolder, { playground, metrics: metrics !== undefined }),
    session: options.session,
    status: { readiness, owedNights, metrics, errors },
    extraRoutes,
  });

  const stallMs = options.streamStallMs ?? STALL_MS;
  const server = createServer({ shouldUpgradeCallback: wantsWebSocket }, (request, response) => {
    toOriginForm(request);
    const exchange = exchangeOf(request, response);
    logWhenDone(exchange, options.logger);
    cutWhenStalled(response, stallMs);
    const { method } = request;
    const traveled = traced('request', { method, route: exchange.path }, async (tell) => {
      await route(exchange).finally(() => tell({ status: response.statusCode }));
    });
    traveled.catch((error: unknown) => {
      if (!(error instanceof HttpRefusal)) errors.report(error, exchange.requestId);
      if (response.headersSent) response.destroy();
      else answerProblem(exchange, error instanceof HttpRefusal ? error : internalRefusal(exchange.requestId));
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = options.maxConnections ?? desk.limits.sockets + MAX_REQUESTS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.on('upgrade', (request, socket, head) => upgrade({ request, socket, head }, sockets));
  const address = await listen(server, options.port, options.host);

  let closed: Promise<void> | undefined;
  return {
    address,
    url: `http://${hostForBrowser(address.host)}:${address.port}`,
    close(graceMs) {
      closed ??= shutDown({ server, sockets, stream, graceMs }).then(() => graphql.close());
      return closed;
    },
  };
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return { request, response, path: query < 0 ? url : url.slice(0, query), requestId: requestIdFrom(request.headers['x-request-id']) };
}

function internalRefusal(requestId: string): HttpRefusal {
  return new HttpRefusal(500, 'INTERNAL', `Internal error. To ask about it, quote ${requestId}.`);
}
