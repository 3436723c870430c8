import { createServer, type IncomingMessage, type RequestListener, type ServerResponse, type Server } from 'node:http';
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
import type { HttpServerOptions, RunningHttpServer, Logger } from './options.js';
import { refusalOf } from './refusal-of.js';
import { requestIdFrom } from './request-id.js';
import { toOriginForm, upgrade, wantsWebSocket, createWsEndpoint, type WsEndpoint } from './ws-upgrade.js';
import { HEALTH_PATH } from './paths.js';
import { createRestEndpoint } from './rest-endpoint.js';
import { createRouter } from './router.js';
import { answerExpectations, requireSound } from './sound-request.js';
import { createSseEndpoint, type SseEndpoint, cutWhenStalled, STALL_MS } from './sse-endpoint.js';
import { toldPath } from './told-path.js';
import { Turns } from './turns.js';
import { createErrorDesk } from './unexpected-errors.js';
import { traced } from '../../base/tracing.js';
import { HTTP } from './http-words.js';

/** Milliseconds between looks for connections that have become idle. */
const SWEEP_MS = 50;

/**
 * Closes a server in the order that loses least: no new connections; subscribers are told to come back (they find another process);
 * requests under way get `graceMs`; what is left then is cut.
 */
async function shutDown(parts: { server: Server; sockets: WsEndpoint; stream: SseEndpoint; graceMs: number }): Promise<void> {
  const { server, sockets, stream, graceMs } = parts;
  // Closes the connections that are idle now, and resolves when the last one is gone.
  const gone = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  sockets.closeAll();
  stream.closeAll();
  // A kept-alive connection whose answer has just gone out would otherwise stay for its whole idle time.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => {
    sockets.terminateAll();
    server.closeAllConnections();
  }, graceMs);
  await gone;
  clearTimeout(cut);
  clearInterval(sweep);
  sockets.terminateAll();
}

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
  const turns = new Turns();
  const entry = { rules, errors, desk, callerOf, turns, run: createOperationRunner({ ...options, desk, callerOf, errors }) };
  const graphql = await createGraphQLOverHttp({ ...options, ...entry });
  const stream = createSseEndpoint(options, entry);
  const sockets = createWsEndpoint(options, entry);
  const { readiness, owedNights, metrics, extraRoutes, consoleFolder, restContext, contextFor } = options;
  const playground = options.playground ?? introspection;
  const route = createRouter({
    graphql,
    stream,
    rest: restContext && createRestEndpoint({ contextFor, restContext }, entry),
    playground: playground ? createPlayground(options.exampleOperations) : undefined,
    console: consoleFolder === undefined ? undefined : createConsole(consoleFolder, { playground, metrics: metrics !== undefined }),
    session: options.session,
    status: { readiness, owedNights, metrics, errors },
    extraRoutes,
  });

  const served = async (exchange: Exchange): Promise<void> => {
    requireSound(exchange.request);
    if (exchange.path !== HEALTH_PATH) await turns.take();
    await route(exchange);
  };
  const stallMs = options.streamStallMs ?? STALL_MS;
  const serve: RequestListener = (request, response) => {
    toOriginForm(request);
    const exchange = exchangeOf(request, response);
    logWhenDone(exchange, options.logger);
    cutWhenStalled(response, stallMs);
    const { method } = request;
    const traveled = traced('request', { method, route: exchange.path }, async (tell) => {
      await served(exchange).finally(() => tell({ status: response.statusCode }));
    });
    traveled.catch((error: unknown) => {
      const refusal = refusalOf(error);
      // An answer that is broken off cannot say why.
      if (refusal === undefined || (response.headersSent && error !== refusal)) errors.report(error, exchange.requestId);
      if (response.headersSent) response.destroy();
      else answerProblem(exchange, refusal ?? internalRefusal(exchange.requestId));
    });
  };
  const server = createServer({ shouldUpgradeCallback: wantsWebSocket }, serve);
  answerExpectations(server, serve);
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
  return new HttpRefusal(500, 'INTERNAL', HTTP.tell('INTERNAL', { request: requestId }));
}

/**
 * Logs a request once it is answered: method, path without what may name a patient, status and time. Never the query string or the body, which
 * hold the operation and its variables.
 */
function logWhenDone({ request, response, path, requestId }: Exchange, logger: Logger): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const fields = { requestId, method: request.method, path: toldPath(path), status: response.statusCode, durationMs };
    if (response.statusCode >= 500) logger.warn(fields, 'request failed');
    else logger.debug(fields, 'request');
  });
}
