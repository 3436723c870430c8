import type { Console } from '../console/console.js';
import { sendFrontPage } from '../pages/front-page.js';
import type { Playground } from '../playground/playground.js';
import { wantsPage } from './accept.js';
import { HttpRefusal, STRICT_HEADERS, type Exchange } from './exchange.js';
import type { GraphQLOverHttp } from './graphql-over-http.js';
import type { ExtraRoutes } from './options.js';
import { CONSOLE_PATH, GRAPHQL_PATH, HEALTH_PATH, PLAYGROUND_PATH, SESSION_PATH, STREAM_PATH } from './paths.js';
import type { RestEndpoint } from './rest-endpoint.js';
import type { SseEndpoint } from './sse-endpoint.js';
import { answerHealth, answerMetrics, answerReadiness, type StatusSource } from './status-routes.js';
import { HTTP } from './http-words.js';

/** What the paths lead to. */
export interface Destinations {
  readonly graphql: GraphQLOverHttp;
  readonly stream: SseEndpoint;
  readonly rest?: RestEndpoint | undefined;
  readonly playground?: Playground | undefined;
  readonly console?: Console | undefined;
  /** Answers any path from `/session` on. */
  readonly session?: ((exchange: Exchange) => Promise<void>) | undefined;
  readonly status: StatusSource;
  readonly extraRoutes?: ExtraRoutes | undefined;
}

type Route = (exchange: Exchange) => void | Promise<void>;

/** Finds the route of a request and runs it. Rejects for what the route did not expect; a `HttpRefusal` has its status. */
export function createRouter(to: Destinations): (exchange: Exchange) => Promise<void> {
  const pages = pageRoutes(to);
  const { extraRoutes } = to;
  return async (exchange) => {
    const { path } = exchange;
    if (path === GRAPHQL_PATH) return graphqlRoute(exchange, to);
    if (path === STREAM_PATH) return to.stream.handle(exchange);
    if (to.rest?.knows(path) === true) return to.rest.handle(exchange);
    if (to.session !== undefined && (path === SESSION_PATH || path.startsWith(`${SESSION_PATH}/`))) return to.session(exchange);
    const page = pages.get(path) ?? fileRoute(path, to);
    if (page !== undefined) {
      readOnly(exchange);
      return page(exchange);
    }
    if (extraRoutes === undefined) throw notFound(path);
    return handOver(exchange, extraRoutes);
  };
}

/** Routes of what has many paths below its own. */
function fileRoute(path: string, to: Destinations): Route | undefined {
  if (path.startsWith(`${PLAYGROUND_PATH}/`)) return to.playground?.sendAsset;
  return path.startsWith(`${CONSOLE_PATH}/`) ? to.console?.send : undefined;
}

function pageRoutes({ playground, status, ...to }: Destinations): Map<string, Route> {
  const { metrics } = status;
  const routes = new Map<string, Route>([
    ['/', (exchange) => sendFrontPage(exchange, { playground: playground !== undefined, metrics: metrics !== undefined })],
    [HEALTH_PATH, answerHealth],
    ['/readyz', (exchange) => answerReadiness(exchange, status)],
  ]);
  if (metrics !== undefined) routes.set('/metrics', (exchange) => answerMetrics(exchange, metrics));
  if (playground !== undefined) routes.set(PLAYGROUND_PATH, playground.sendPage);
  if (to.console !== undefined) {
    routes.set('/', (exchange) => redirect(exchange, CONSOLE_PATH));
    routes.set(CONSOLE_PATH, to.console.send);
  }
  return routes;
}

function graphqlRoute(exchange: Exchange, { graphql, playground }: Destinations): Promise<void> | void {
  const { method, url, headers } = exchange.request;
  if (method === 'POST') return graphql.handle(exchange);
  if (method !== 'GET' && method !== 'HEAD') {
    throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('POST_OR_GET'), ['allow', 'GET, HEAD, POST']);
  }
  // Someone who types the address into a browser wants to look, and would otherwise be told about request forgery.
  if (playground !== undefined && url === GRAPHQL_PATH && wantsPage(headers.accept)) {
    return redirect(exchange, PLAYGROUND_PATH);
  }
  return graphql.handle(exchange);
}

function redirect({ response, requestId }: Exchange, location: string): void {
  response.writeHead(303, { ...STRICT_HEADERS, location, 'content-length': 0, 'x-request-id': requestId }).end();
}

function readOnly({ request, path }: Exchange): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('READ_ONLY', { path }), ['allow', 'GET, HEAD']);
}

/** A path and a query, as every client sends them that speaks HTTP to a server. */
const PLAIN_TARGET = /^\/[^#]*$/u;

/** Gives a request to routes mounted from elsewhere (express). They start from the strict headers and may set their own. */
function handOver(exchange: Exchange, extraRoutes: ExtraRoutes): Promise<void> {
  const { request, response, requestId, path } = exchange;
  // Any other target express has parsed by what Node warns of, once in a process and on stderr, which is no log.
  if (!PLAIN_TARGET.test(request.url ?? '')) throw notFound(path);
  for (const [name, value] of Object.entries(STRICT_HEADERS)) response.setHeader(name, value);
  response.setHeader('x-request-id', requestId);
  return new Promise((resolve, reject) => {
    response.once('close', resolve);
    extraRoutes(request, response, (error) => reject(error ?? notFound(path)));
  });
}

function notFound(path: string): HttpRefusal {
  return new HttpRefusal(404, 'NOT_FOUND', HTTP.tell('NOT_FOUND', { path: path.slice(0, 100) }));
}
