import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createHandler, type Response as SseResponse } from 'graphql-sse';
import { HttpRefusal, MEDIA, send, sendGraphQLError, STRICT_HEADERS, type Exchange } from './exchange.js';
import { httpOf, isIdentityError } from './identity-error.js';
import type { CallerRequest, HttpServerOptions } from './options.js';
import { prepareOperation } from './prepare-operation.js';
import { readJsonText } from './read-json-body.js';
import { isCrossSite } from './same-origin.js';
import { drained, pour } from './sse-stream.js';
import { subscribePerEvent } from './subscribe-per-event.js';
import { accessRefused, internalError } from './unexpected-errors.js';
import { isRefused, type OperationGate } from './ws-protocol.js';

/** Milliseconds a reader may leave its buffer full, unless told otherwise. */
const STALL_MS = 20_000;

/** GraphQL over Server-Sent Events: one stream per operation ("distinct connections" of the graphql-sse protocol). */
export interface SseEndpoint {
  /** Answers one request, for as long as its stream lasts; never rejects. */
  handle(exchange: Exchange): Promise<void>;
  /** Cuts every open stream. A stream that ends without `complete` tells the client to come back. */
  closeAll(): void;
}

/** Makes the endpoint. */
export function createSseEndpoint<Ctx extends object>(options: HttpServerOptions<Ctx>, gate: OperationGate): SseEndpoint {
  const respond = createHandler<IncomingMessage, Exchange, HandlerContext>({
    // A token would let a client collect many operations on one stream, and leave streams behind that nobody reads.
    authenticate: () => null,
    validate: () => [],
    subscribe: subscribePerEvent(options.contextForEvent),
    async onSubscribe({ context: exchange }, params) {
      const prepared = prepareOperation(options.schema, gate.rules, params);
      if (isRefused(prepared)) return refusal(prepared);
      const contextValue = await options.contextFor(callerOf(exchange));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql-sse wants an index signature, which classes do not have
      return { ...prepared, contextValue: contextValue as unknown as HandlerContext };
    },
    async onNext(_context, { context: exchange }, result) {
      // graphql-sse queues without limit; waiting here for the reader holds the subscription back instead.
      await drained(exchange.response);
      if (!('errors' in result) || result.errors === undefined) return undefined;
      const presented = result.errors.map((error) => gate.errors.present(error, exchange.requestId));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is written out as JSON next, and these are the JSON of errors
      return { ...result, errors: presented as unknown as readonly GraphQLError[] };
    },
  });
  const open = new Set<ServerResponse>();
  return {
    async handle(exchange) {
      open.add(exchange.response);
      try {
        checkRequest(exchange.request);
        const answer = await respond({
          method: exchange.request.method ?? '',
          url: exchange.request.url ?? '',
          headers: { get: (name) => headerFor(exchange.request, name) },
          body: exchange.request.method === 'POST' ? await readJsonText(exchange.request) : null,
          raw: exchange.request,
          context: exchange,
        });
        const watch = (): (() => void) | undefined => options.watchCaller?.(callerOf(exchange), (error) => fail(exchange, error, gate));
        await deliver(exchange, answer, { stallMs: options.streamStallMs ?? STALL_MS, watch });
      } catch (error) {
        fail(exchange, error, gate);
      } finally {
        open.delete(exchange.response);
      }
    },
    closeAll() {
      for (const response of open) response.destroy();
    },
  };
}

/** A refusal as a stream of one event: graphql-sse takes an object without `data` for something else. */
async function* refusal(errors: readonly GraphQLError[]): AsyncGenerator<ExecutionResult> {
  yield { errors };
}

type HandlerContext = Record<PropertyKey, unknown>;

/** graphql-sse compares `accept` as a whole; `checkRequest` has seen that an event stream is among what is accepted. */
function headerFor(request: IncomingMessage, name: string): string | undefined {
  const value = name === 'accept' ? 'text/event-stream' : request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function checkRequest(request: IncomingMessage): void {
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', 'Send the operation by GET or POST.', ['allow', 'GET, POST']);
  }
  if (request.headers.accept?.includes('text/event-stream') !== true) {
    throw new HttpRefusal(406, 'NOT_ACCEPTABLE', 'This path answers with an event stream: send accept: text/event-stream.');
  }
  if (isCrossSite(request)) throw new HttpRefusal(403, 'FORBIDDEN', 'Streams are not open to pages of other sites.');
}

function callerOf({ request, requestId }: Exchange): CallerRequest {
  return { headers: request.headers, transport: 'sse', requestId };
}

interface Delivery {
  readonly stallMs: number;
  /** Begins to watch over the caller, once a stream is open that can say how that ended. */
  readonly watch: () => (() => void) | undefined;
}

/** graphql-sse answers with a stream, or with a short text when the request was not an operation. */
async function deliver(exchange: Exchange, [body, init]: SseResponse, { stallMs, watch }: Delivery): Promise<void> {
  if (body === null || typeof body === 'string') {
    const allow = init.headers?.allow;
    return send(exchange, {
      status: init.status,
      mediaType: MEDIA.json,
      body: body ?? '',
      headers: allow === undefined ? [] : ['allow', allow],
    });
  }
  const { response, requestId } = exchange;
  response.writeHead(init.status, { ...STRICT_HEADERS, ...init.headers, 'x-request-id': requestId });
  const stopWatching = watch();
  try {
    await pour(body, response, stallMs);
  } finally {
    stopWatching?.();
  }
}

/** Before the stream began a status can say what happened; after that only an event can. */
function fail(exchange: Exchange, error: unknown, { errors }: OperationGate): void {
  const { response, requestId } = exchange;
  if (error instanceof HttpRefusal) return sendGraphQLError(exchange, error);
  if (isIdentityError(error)) {
    const { status, headers } = httpOf(error);
    if (!response.headersSent) return sendGraphQLError(exchange, new HttpRefusal(status, error.code, error.message, headers.flat()));
    return endWith(response, [accessRefused(error)]);
  }
  errors.report(error, requestId);
  if (response.headersSent) return endWith(response, [internalError(requestId)]);
  send(exchange, { status: 500, mediaType: MEDIA.json, body: JSON.stringify({ errors: [internalError(requestId)] }) });
}

/** The last event of a stream, and its proper end: a client does not come back for more. */
function endWith(response: ServerResponse, found: readonly GraphQLError[]): void {
  response.end(`event: next\ndata: ${JSON.stringify({ errors: found })}\n\nevent: complete\ndata:\n\n`);
}
