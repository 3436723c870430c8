import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { ServerResponse } from 'node:http';
import { MAX_DEPTH } from '../../base/foreign-json.js';
import { isDocumentTooDeep } from '../operations/document-depth.js';
import { Departure } from '../operations/departure.js';
import { type ApolloOptions, createApollo, type HttpCall, REQUEST_ID_HEADER } from './apollo.js';
import { preferred } from './accept.js';
import { HttpRefusal, MEDIA, send, sendGraphQLError, type Exchange } from './exchange.js';
import type { CallerRequest } from './options.js';
import { requireOwnPage } from './page-origin.js';
import { readJsonBody } from './read-json-body.js';
import { refusalOf } from './refusal-of.js';
import { type ErrorDesk, internalError } from './unexpected-errors.js';
import { HTTP } from './http-words.js';

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
        requireOwnPage(request);
        // Before anything is read: who is not known costs us a look at the headers, and learns nothing of what we would have said.
        const context = await options.contextFor({ headers: request.headers, transport: 'http', requestId });
        const accept = answerType(request.headers.accept);
        await answer(
          apollo,
          { exchange, accept },
          { context, transport: 'http', requestId, inAddress: request.method !== 'POST', client: departureOf(response) },
        );
      } catch (error) {
        refuse(exchange, error, options.errors);
      }
    },
  };
}

interface Asked {
  readonly exchange: Exchange;
  readonly accept: AnswerType;
}

async function answer<Ctx>(apollo: ApolloServer<HttpCall<Ctx>>, { exchange, accept }: Asked, call: HttpCall<Ctx>): Promise<void> {
  const { request } = exchange;
  const search = searchOf(request.url ?? '');
  const isPost = request.method === 'POST';
  const asked = isPost ? await readJsonBody(request) : undefined;
  const text = isPost ? textOf(asked) : new URLSearchParams(search).get('query');
  if (text !== null && isDocumentTooDeep(text))
    throw new HttpRefusal(400, 'GRAPHQL_PARSE_FAILED', HTTP.tell('DOCUMENT_TOO_DEEP', { levels: MAX_DEPTH }));
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: isPost ? 'POST' : 'GET', // a HEAD is a GET whose body is not sent
      headers: headersForApollo(accept, call.requestId),
      search,
      body: asked,
    } satisfies HTTPGraphQLRequest,
    context: () => Promise.resolve(call),
  });
  // Only @defer and @stream answer in parts, and graphql 16 has neither.
  if (body.kind !== 'complete') throw new Error('Apollo answered in parts, which this server does not send');
  const further: string[] = [];
  let mediaType: string = MEDIA.json;
  for (const [name, value] of headers) {
    if (name === 'content-type') mediaType = value;
    else if (name !== 'cache-control') further.push(name, value);
  }
  send(exchange, { status: status ?? 200, mediaType, body: body.string, headers: further });
}

const RESPONSE_JSON = 'application/graphql-response+json';
type AnswerType = typeof RESPONSE_JSON | 'application/json';

/** What the answer will be, decided before anything runs: a mutation that was carried out cannot be answered "not acceptable". @throws HttpRefusal 406 */
function answerType(accept: string | undefined): AnswerType {
  // A client that takes anything is given what every client can read; one that names GraphQL's own type knows what its status codes mean.
  const named = accept?.toLowerCase().includes(RESPONSE_JSON) === true;
  const type = preferred(accept, named ? ([RESPONSE_JSON, 'application/json'] as const) : (['application/json', RESPONSE_JSON] as const));
  if (type !== undefined) return type;
  throw new HttpRefusal(406, 'NOT_ACCEPTABLE', HTTP.tell('ANSWERS_JSON', { type: RESPONSE_JSON }));
}

/** What Apollo is to know of the headers: what has been decided from them. */
function headersForApollo(accept: AnswerType, requestId: string): HeaderMap {
  const headers = new HeaderMap();
  headers.set('accept', accept);
  headers.set(REQUEST_ID_HEADER, requestId);
  return headers;
}

function refuse(exchange: Exchange, error: unknown, errors: ErrorDesk): void {
  if (exchange.response.headersSent || exchange.response.destroyed) return;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return sendGraphQLError(exchange, refusal);
  errors.report(error, exchange.requestId);
  send(exchange, { status: 500, mediaType: MEDIA.json, body: JSON.stringify({ errors: [internalError(exchange.requestId)] }) });
}

/** The document of a call's body; null for a body that has none, which Apollo refuses. */
function textOf(body: unknown): string | null {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  return typeof query === 'string' ? query : null;
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

/** The client of an answer, which goes when it hangs up before it has it. */
export function departureOf(response: ServerResponse): Departure {
  const client = new Departure();
  response.once('close', () => {
    if (!response.writableFinished) client.leave();
  });
  return client;
}
