import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describeError } from './error-frames.js';
import { MEDIA, send, type Exchange } from './exchange.js';
import { hostForBrowser, listen } from './listening.js';
import type { HttpServerOptions } from './options.js';
import { HEALTH_PATH } from './paths.js';
import { requestIdFrom } from './request-id.js';
import { answerHealth, answerMetrics, answerReadiness, type StatusSource } from './status-routes.js';

/** Connections at once: a scraper and a probe or two. */
const MAX_CONNECTIONS = 64;
const REQUEST_MS = 10_000;
/** ms between looks for requests that are late. */
const LOOK_EVERY_MS = 1_000;

/** What a status server answers from. */
export interface StatusServerOptions extends Pick<HttpServerOptions<object>, 'port' | 'host' | 'readiness' | 'owedNights' | 'logger'> {
  readonly metrics: () => Promise<string>;
  readonly onError: () => void;
  /** ms for a request to arrive in full, and for its answer to be taken. */
  readonly requestMs?: number;
}

/** A status server that listens. */
export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/healthz`, `/readyz` and `/metrics` and nothing else: of a process that does not serve GraphQL, and without loading what that needs. */
export async function createStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const { port, host, logger, onError, readiness, owedNights, metrics, requestMs = REQUEST_MS } = options;
  const report = (error: unknown, correlationId: string): void => {
    logger.error({ correlationId, error: describeError(error) }, 'unexpected error');
    onError();
  };
  const source: StatusSource = { readiness, owedNights, errors: { report } };
  const routes = new Map<string, (exchange: Exchange) => void | Promise<void>>([
    [HEALTH_PATH, answerHealth],
    ['/readyz', (exchange) => answerReadiness(exchange, source)],
    ['/metrics', (exchange) => answerMetrics(exchange, metrics)],
  ]);
  const limits = { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, requestMs) };
  const server = createServer(limits, (request, response) => {
    endWithin(requestMs, response);
    const exchange = exchangeOf(request, response);
    const { method } = request;
    const route = routes.get(exchange.path);
    if (route === undefined) return refuse(exchange, 404, `There is nothing here but ${[...routes.keys()].join(', ')}.`);
    if (method !== 'GET' && method !== 'HEAD') return refuse(exchange, 405, `${exchange.path} can only be read.`, ['allow', 'GET, HEAD']);
    void Promise.resolve(route(exchange)).catch((error: unknown) => {
      report(error, exchange.requestId);
      if (response.headersSent) response.destroy();
      else refuse(exchange, 500, `Internal error. To ask about it, quote ${exchange.requestId}.`);
    });
  });
  keepNewest(server, MAX_CONNECTIONS);
  const address = await listen(server, port, host, 'METRICS_');
  return {
    url: `http://${hostForBrowser(address.host)}:${address.port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/**
 * Keeps so many connections, and ends the one that has been without a new request the longest where another comes: a scrape always finds a place, however many
 * slow clients hold theirs. A limit that refuses the next one would give the metrics and the probes of a process to the first 64 who ask.
 */
function keepNewest(server: Server, most: number): void {
  const bySilence = new Set<Socket>();
  const isHeard = (socket: Socket): void => void (bySilence.delete(socket) && bySilence.add(socket));
  server.on('connection', (socket) => {
    const [oldest] = bySilence;
    if (bySilence.size >= most && oldest !== undefined) {
      bySilence.delete(oldest);
      oldest.destroy();
    }
    bySilence.add(socket);
    socket.once('close', () => bySilence.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => isHeard(socket));
}

/** Ends a connection whose client does not take its answer. */
function endWithin(ms: number, response: ServerResponse): void {
  const late = setTimeout(() => response.destroy(), ms);
  late.unref();
  response.once('close', () => clearTimeout(late));
}

function refuse(exchange: Exchange, status: number, message: string, headers: readonly string[] = []): void {
  send(exchange, { status, mediaType: MEDIA.json, body: JSON.stringify({ error: { message } }), headers });
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const [path = '/'] = (request.url ?? '/').split('?');
  return { request, response, path, requestId: requestIdFrom(request.headers['x-request-id']) };
}
