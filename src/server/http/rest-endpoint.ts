import { GraphQLError } from 'graphql';
import { statementOwner } from '../../database/statement-owner.js';
import { includesRole } from '../../identity/role.js';
import {
  allowed,
  description,
  forbidden,
  foreignPage,
  type FrameworkAnswer,
  methodNotAllowed,
  notAcceptable,
  refusedCaller,
} from '../../rest/framework-answers.js';
import { RefusedCall } from '../../rest/refused-call.js';
import type { RestCall, RestContext, RestMethod, RestResource } from '../../rest/rest-call.js';
import { REST_RESOURCES } from '../../rest/rest-resources.js';
import { sentence } from '../../rest/words.js';
import type { Admitted } from '../operations/admitted.js';
import { limitOfDatabase } from '../operations/database-limits.js';
import { qualityOf } from './accept.js';
import { departureOf } from './graphql-over-http.js';
import { type Exchange, HttpRefusal, MEDIA, send, STRICT_HEADERS } from './exchange.js';
import { isIdentityError } from './identity-error.js';
import type { OperationEntry } from './operation-entry.js';
import type { CallerRequest } from './options.js';
import { requireOwnPage } from './page-origin.js';
import { readJsonBodyIfAny } from './read-json-body.js';

/** IBSafe's REST calls over HTTP. */
export interface RestEndpoint {
  /** Whether a path is one of its own, with or without its slash. */
  knows(path: string): boolean;
  /** Answers a request for one of its paths; never rejects. */
  handle(exchange: Exchange): Promise<void> | void;
}

/** How callers are known, and what the calls are made of. */
export interface RestGround<Ctx> {
  readonly contextFor: (request: CallerRequest) => Promise<Ctx>;
  readonly restContext: (context: Ctx) => RestContext;
}

/** Makes the endpoint: who asks is found out as for GraphQL, before anything is read, and each call waits for its place at the same desk. */
export function createRestEndpoint<Ctx extends object>(ground: RestGround<Ctx>, entry: OperationEntry<Ctx>): RestEndpoint {
  const serve = async (exchange: Exchange, resource: RestResource): Promise<void> => {
    let answer: FrameworkAnswer | undefined;
    try {
      answer = await answerTo(exchange, resource, { ground, entry });
    } catch (error) {
      answer = answerOf(error) ?? internal(error, exchange, entry);
    }
    const { response } = exchange;
    if (response.headersSent || response.destroyed) return;
    const { status, body, headers = [] } = answer;
    const own = ['allow', allowed(resource), 'vary', 'Accept', ...headers];
    send(exchange, { status, mediaType: MEDIA.json, body: JSON.stringify(body), headers: own });
  };
  return {
    knows: (path) => REST_RESOURCES.has(path) || REST_RESOURCES.has(`${path}/`),
    handle(exchange) {
      const resource = REST_RESOURCES.get(exchange.path);
      return resource === undefined ? withSlash(exchange) : serve(exchange, resource);
    },
  };
}

interface Parts<Ctx> {
  readonly ground: RestGround<Ctx>;
  readonly entry: OperationEntry<Ctx>;
}

async function answerTo<Ctx>(exchange: Exchange, resource: RestResource, { ground, entry }: Parts<Ctx>): Promise<FrameworkAnswer> {
  const { request, requestId } = exchange;
  if (isFromElsewhere(exchange)) return foreignPage();
  if (qualityOf(request.headers.accept, 'application/json') === 0) return notAcceptable();
  const context = await ground.contextFor({ headers: request.headers, transport: 'http', requestId });
  const method = request.method ?? '';
  if (method === 'OPTIONS') return description(resource);
  const call = callOf(resource, method);
  if (call === undefined) return methodNotAllowed(method);
  const rest = ground.restContext(context);
  if (!includesRole(rest.caller.role, call.role)) return forbidden();
  const body = call.takesBody ? ((await readJsonBodyIfAny(request)) ?? {}) : {};
  const admitted = await entry.desk.admitCall(entry.callerOf(context), departureOf(exchange.response));
  const report = (error: unknown): void => entry.errors.report(error, requestId);
  return carriedOut(admitted, call, () => call.carryOut(rest, { query: queryOf(request.url ?? ''), body, report }));
}

/** HEAD is a GET without its body. */
function callOf({ calls }: RestResource, method: string): RestCall | undefined {
  const name = method === 'HEAD' ? 'GET' : method;
  return Object.hasOwn(calls, name) ? calls[name as RestMethod] : undefined;
}

/** Within its time, in the caller's name. What an order has done is told, however long it takes. */
async function carriedOut<T>(admitted: Admitted, { isOrder }: RestCall, work: () => Promise<T>): Promise<T> {
  const { operation } = admitted;
  operation.isOrder = isOrder;
  try {
    if (isOrder) return await operation.untimed(work);
    return await operation.unlessStopped(statementOwner.run(operation, work));
  } finally {
    admitted.close();
  }
}

function isFromElsewhere({ request }: Exchange): boolean {
  try {
    requireOwnPage(request);
    return false;
  } catch {
    return true;
  }
}

/** What is thrown to end a call. Undefined for an error of ours. */
function answerOf(error: unknown): FrameworkAnswer | undefined {
  if (error instanceof RefusedCall) return error.answer;
  if (isIdentityError(error)) return refusedCaller(error);
  if (error instanceof HttpRefusal) return unread(error);
  const told = limitOfDatabase(error) ?? error;
  const code = told instanceof GraphQLError ? told.extensions['code'] : undefined;
  if (code === 'TOO_MANY_OPERATIONS') return { status: 429, body: { error: sentence(code) }, headers: ['retry-after', '1'] };
  if (code === 'DATABASE_LOCKED' || code === 'DATABASE_UNAVAILABLE') return { status: 503, body: { error: sentence(code) } };
  if (code === 'OPERATION_TIMEOUT' || code === 'OPERATION_ABANDONED')
    return { status: 503, body: { error: sentence('OPERATION_TIMEOUT') } };
  return undefined;
}

/** A body that cannot be read: too large a one is 413, any other the client's mistake, which the original answered with 500. */
function unread({ status }: HttpRefusal): FrameworkAnswer {
  if (status === 413) return { status, body: { error: sentence('BODY_TOO_LARGE') } };
  return { status: 400, body: { error: sentence(status === 415 ? 'BODY_OF_ANOTHER_TYPE' : 'BODY_UNREADABLE') } };
}

function internal<Ctx>(error: unknown, { requestId }: Exchange, { errors }: OperationEntry<Ctx>): FrameworkAnswer {
  errors.report(error, requestId);
  return { status: 500, body: { error: sentence('INTERNAL', requestId) } };
}

/** As Django leads a client to the path with its slash. */
function withSlash({ request, response, path, requestId }: Exchange): void {
  const search = (request.url ?? '').slice(path.length);
  response.writeHead(301, { ...STRICT_HEADERS, location: `${path}/${search}`, 'content-length': 0, 'x-request-id': requestId }).end();
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at));
}
