import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { createApollo, REQUEST_ID_HEADER, type ApolloOptions } from './apollo.js';
import { HttpRefusal, MEDIA, send, sendGraphQLError, type Exchange } from './exchange.js';
import { httpOf, isIdentityError } from './identity-error.js';
import type { CallerRequest } from './options.js';
import { readJsonBody } from './read-json-body.js';
import { type ErrorDesk, internalError } from './unexpected-errors.js';

/** Queries and mutations over plain HTTP, straight from node:http into Apollo: express on this path costs more than Apollo does. */
export interface GraphQLOverHttp {
  /** Answers one request; never rejects. */
  handle(exchange: Exchange): Promise<void>;
  close(): Promise<void>;
}

interface Callers<Ctx> {
  readonly contextFor: (request: CallerRequest) => Promise<Ctx>;
  readonly errors: ErrorDesk;
}

/** Starts Apollo over a schema. Throws when the schema is not valid. */
export async function createGraphQLOverHttp<Ctx extends object>(options: ApolloOptions & Callers<Ctx>): Promise<GraphQLOverHttp> {
  const apollo = createApollo<Ctx>(options);
  await apollo.start();
  return {
    close: () => apollo.stop(),
    async handle(exchange) {
      try {
        await answer(apollo, options, exchange);
      } catch (error) {
        refuse(exchange, error, options.errors);
      }
    },
  };
}

async function answer<Ctx extends object>(apollo: ApolloServer<Ctx>, options: Callers<Ctx>, exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? '',
      headers: headersForApollo(exchange),
      search: searchOf(request.url ?? ''),
      body: request.method === 'POST' ? await readJsonBody(request) : undefined,
    } satisfies HTTPGraphQLRequest,
    context: () => contextOrRefusal(options, exchange),
  });
  // Only @defer and @stream answer in parts, and graphql 16 has neither.
  if (body.kind !== 'complete') throw new Error('Apollo answered in parts, which this server does not send');
  const further: string[] = [];
  let mediaType: string = MEDIA.json;
  for (const [name, value] of headers) {
    if (name === 'content-type') mediaType = value;
    else further.push(name, value);
  }
  send(exchange, { status: status ?? 200, mediaType, body: body.string, headers: further });
}

/** The headers Apollo looks at, and no others: copying all of a browser's for each request is measurable. */
const APOLLO_READS = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'] as const;

function headersForApollo({ request, requestId }: Exchange): HeaderMap {
  const headers = new HeaderMap();
  for (const name of APOLLO_READS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(REQUEST_ID_HEADER, requestId);
  return headers;
}

/** A failure to make a context is turned into its answer here, where the request's id is at hand. */
async function contextOrRefusal<Ctx>(options: Callers<Ctx>, { request, requestId }: Exchange): Promise<Ctx> {
  try {
    return await options.contextFor({ headers: request.headers, transport: 'http', requestId });
  } catch (error) {
    if (isIdentityError(error)) {
      const { status, headers } = httpOf(error);
      const http = { status, headers: new HeaderMap(headers) };
      throw new GraphQLError(error.message, { extensions: { code: error.code, http } });
    }
    options.errors.report(error, requestId);
    throw internalError(requestId);
  }
}

function refuse(exchange: Exchange, error: unknown, errors: ErrorDesk): void {
  if (exchange.response.headersSent || exchange.response.destroyed) return;
  if (error instanceof HttpRefusal) return sendGraphQLError(exchange, error);
  errors.report(error, exchange.requestId);
  send(exchange, { status: 500, mediaType: MEDIA.json, body: JSON.stringify({ errors: [internalError(exchange.requestId)] }) });
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}
