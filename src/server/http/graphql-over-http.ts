import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { type ApolloOptions, createApollo, type HttpCall, REQUEST_ID_HEADER } from './apollo.js';
import { abortedWhenClosed } from './client-gone.js';
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
export async function createGraphQLOverHttp<Ctx extends object>(options: ApolloOptions<Ctx> & Callers<Ctx>): Promise<GraphQLOverHttp> {
  const apollo = createApollo<Ctx>(options);
  await apollo.start();
  return {
    close: () => apollo.stop(),
    async handle(exchange) {
      try {
        const { request, response, requestId } = exchange;
        // Before anything is read: who is not known costs us a look at the headers, and learns nothing of what we would have said.
        const context = await options.contextFor({ headers: request.headers, transport: 'http', requestId });
        await answer(apollo, exchange, { context, transport: 'http', requestId, signal: abortedWhenClosed(response) });
      } catch (error) {
        refuse(exchange, error, options.errors);
      }
    },
  };
}

async function answer<Ctx>(apollo: ApolloServer<HttpCall<Ctx>>, exchange: Exchange, call: HttpCall<Ctx>): Promise<void> {
  const { request } = exchange;
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? '',
      headers: headersForApollo(exchange),
      search: searchOf(request.url ?? ''),
      body: request.method === 'POST' ? await readJsonBody(request) : undefined,
    } satisfies HTTPGraphQLRequest,
    context: () => Promise.resolve(call),
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

function refuse(exchange: Exchange, error: unknown, errors: ErrorDesk): void {
  if (exchange.response.headersSent || exchange.response.destroyed) return;
  if (error instanceof HttpRefusal) return sendGraphQLError(exchange, error);
  if (isIdentityError(error)) {
    const { status, headers } = httpOf(error);
    return sendGraphQLError(exchange, new HttpRefusal(status, error.code, error.message, headers.flat()));
  }
  errors.report(error, exchange.requestId);
  send(exchange, { status: 500, mediaType: MEDIA.json, body: JSON.stringify({ errors: [internalError(exchange.requestId)] }) });
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}
