import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describeError } from './error-frames.js';
import { MEDIA, send, type Exchange } from './exchange.js';
import { hostForBrowser, listen } from './listening.js';
import type { HttpServerOptions } from './options.js';
import { requestIdFrom } from './request-id.js';
import { answerHealth, answerMetrics, answerReadiness, type StatusSource } from './status-routes.js';

/** Connections at once: a scraper and a probe or two. */
const MAX_CONNECTIONS = 64;
/** ms for a request to arrive in full. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What a status server answers from. */
export interface StatusServerOptions extends Pick<HttpServerOptions<object>, 'port' | 'host' | 'readiness' | 'owedNights' | 'logger'> {
  readonly metrics: () => Promise<string>;
  readonly onError: () => void;
}

/** A status server that listens. */
export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/healthz`, `/readyz` and `/metrics` and nothing else: of a process that does not serve GraphQL, and without loading what that needs. */
export async function createStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const { port, host, logger, onError, readiness, owedNights, metrics } = options;
  const report = (error: unknown, correlationId: string): void => {
    logger.error({ correlationId, error: describeError(error) }, 'unexpected error');
    onError();
  };
  const source: StatusSource = { readiness, owedNights, errors: { report } };
  const routes = new Map<string, (exchange: Exchange) => void | Promise<void>>([
    ['/healthz', answerHealth],
    ['/readyz', (exchange) => answerReadiness(exchange, source)],
    ['/metrics', (exchange) => answerMetrics(exchange, metrics)],
  ]);
  const server = createServer((request, response) => {
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
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
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

function refuse(exchange: Exchange, status: number, message: string, headers: readonly string[] = []): void {
  send(exchange, { status, mediaType: MEDIA.json, body: JSON.stringify({ error: { message } }), headers });
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const [path = '/'] = (request.url ?? '/').split('?');
  return { request, response, path, requestId: requestIdFrom(request.headers['x-request-id']) };
}
