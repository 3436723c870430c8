import type { Told } from '../../domain/said.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getOperationAST, OperationTypeNode } from 'graphql';
import { foreignJson } from '../../base/foreign-json.js';
import { isRefused, prepareOperation, type PreparedOperation, type OperationRequest } from '../operations/prepare-operation.js';
import { thrownError } from '../operations/operation-runner.js';
import { resultsOf } from '../operations/results-of.js';
import { qualityOf } from './accept.js';
import { HttpRefusal, MEDIA, send, sendGraphQLError, STRICT_HEADERS, type Exchange } from './exchange.js';
import { isIdentityError } from './identity-error.js';
import type { OperationEntry } from './operation-entry.js';
import type { CallerRequest, HttpServerOptions } from './options.js';
import { requireOwnPage } from './page-origin.js';
import { endWith, KEEP_ALIVE, pour } from './sse-stream.js';
import { refusalOf } from './refusal-of.js';
import { accessRefused } from './unexpected-errors.js';
import { readJsonBody } from './read-json-body.js';
import { HTTP } from './http-words.js';

/** Milliseconds a reader may take nothing of what waits for it, unless told otherwise. */
export const STALL_MS = 20_000;

/**
 * Cuts the connection of a reader that takes nothing of a whole answer for `stallMs`: the answer would lie in memory for as long as the reader likes.
 * One that reads slowly is left alone, because each byte that it takes begins the time anew.
 */
export function cutWhenStalled(response: ServerResponse, stallMs: number): void {
  // The answer is complete, and nothing of ours is done for it any more. When it has left, node:http sets the time of a kept connection instead.
  response.once('prefinish', () => response.socket?.setTimeout(stallMs));
}

/** GraphQL over Server-Sent Events: one stream per operation ("distinct connections" of the graphql-sse protocol). */
export interface SseEndpoint {
  /** Answers one request, for as long as its stream lasts; never rejects. */
  handle(exchange: Exchange): Promise<void>;
  /** Cuts every open stream. A stream that ends without `complete` tells the client to come back. */
  closeAll(): void;
}

/**
 * Makes the endpoint. It speaks the protocol by itself: the library graphql-sse reads and parses an operation before it asks who sent it, and
 * queues events without limit for a reader that is slow.
 */
export function createSseEndpoint<Ctx extends object>(options: HttpServerOptions<Ctx>, entry: OperationEntry<Ctx>): SseEndpoint {
  const open = new Set<ServerResponse>();
  return {
    async handle(exchange) {
      open.add(exchange.response);
      try {
        checkRequest(exchange.request);
        await stream(exchange, options, entry);
      } catch (error) {
        fail(exchange, error, entry);
      } finally {
        open.delete(exchange.response);
      }
    },
    closeAll() {
      for (const response of open) response.destroy();
    },
  };
}

async function stream<Ctx extends object>(exchange: Exchange, options: HttpServerOptions<Ctx>, entry: OperationEntry<Ctx>): Promise<void> {
  const { request, response, requestId } = exchange;
  const caller: CallerRequest = { headers: request.headers, transport: 'sse', requestId };
  const context = await options.contextFor(caller);
  const prepared = prepareOperation(options.schema, entry.rules, await readOperation(request));
  if (!isRefused(prepared)) checkMethod(prepared, request);
  response.writeHead(200, { ...STRICT_HEADERS, ...STREAM_HEADERS, 'x-request-id': requestId });
  if (request.method === 'HEAD') return void response.end(); // it has no body to wait for, and nothing is carried out
  response.write(KEEP_ALIVE);
  if (isRefused(prepared)) return endWith(response, entry.errors.presentAll(prepared, requestId));
  const results = resultsOf(entry.run, { ...prepared, context, transport: 'sse', requestId, inAddress: request.method !== 'POST' });
  const stopWatching = options.watchCaller?.(caller, (error) => fail(exchange, error, entry));
  try {
    await pour(results, response, options.streamStallMs ?? STALL_MS);
  } finally {
    stopWatching?.();
  }
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A proxy of nginx's kind holds events back otherwise.
  'x-accel-buffering': 'no',
};

function checkRequest(request: IncomingMessage): void {
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
    throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('GET_OR_POST'), ['allow', 'GET, HEAD, POST']);
  }
  if (qualityOf(request.headers.accept, 'text/event-stream') === 0) {
    throw new HttpRefusal(406, 'NOT_ACCEPTABLE', HTTP.tell('ANSWERS_EVENTS'));
  }
  requireOwnPage(request);
}

/** As GraphQL over HTTP says: what changes something is no GET. */
function checkMethod({ document, operationName }: PreparedOperation, { method }: IncomingMessage): void {
  if (method === 'POST' || getOperationAST(document, operationName)?.operation !== OperationTypeNode.MUTATION) return;
  throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('MUTATION_BY_POST'), ['allow', 'POST']);
}

/** Before the stream began a status can say what happened; after that only an event can. */
function fail<Ctx>(exchange: Exchange, error: unknown, { errors }: OperationEntry<Ctx>): void {
  const { response, requestId } = exchange;
  const refusal = response.headersSent ? undefined : refusalOf(error);
  if (refusal !== undefined) return sendGraphQLError(exchange, refusal);
  if (isIdentityError(error)) return endWith(response, [accessRefused(error).toJSON()]);
  const shown = errors.presentAll([thrownError(error)], requestId);
  if (response.headersSent) return endWith(response, shown);
  send(exchange, { status: 500, mediaType: MEDIA.json, body: JSON.stringify({ errors: shown }) });
}

/** Reads an operation from a request, out of the body of a POST or the address of a GET. @throws HttpRefusal when there is none */
async function readOperation(request: IncomingMessage): Promise<OperationRequest> {
  const { query, operationName, variables } =
    request.method === 'POST' ? recordOf(await readJsonBody(request)) : inAddress(request.url ?? '');
  if (typeof query !== 'string' || query === '') throw malformed(HTTP.tell('QUERY_MISSING'));
  if (operationName != null && typeof operationName !== 'string') throw malformed(HTTP.tell('OPERATION_NAME'));
  if (variables != null && !isRecord(variables)) throw malformed(HTTP.tell('VARIABLES'));
  return { query, operationName, variables };
}

function inAddress(url: string): Readonly<Record<string, unknown>> {
  const at = url.indexOf('?');
  const given = new URLSearchParams(at < 0 ? '' : url.slice(at));
  for (const name of ['query', 'operationName', 'variables']) {
    if (given.getAll(name).length > 1) throw malformed(HTTP.tell('GIVEN_TWICE', { name }));
  }
  const variables = given.get('variables');
  return { query: given.get('query'), operationName: given.get('operationName'), variables: variables === null ? null : parsed(variables) };
}

function parsed(json: string): unknown {
  try {
    return foreignJson(json);
  } catch {
    throw malformed(HTTP.tell('VARIABLES'));
  }
}

function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(body)) throw malformed(HTTP.tell('BODY_NO_OBJECT'));
  return body;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(why: Told): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', why);
}
