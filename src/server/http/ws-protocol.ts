import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError, type ExecutionResult } from 'graphql';
import { CloseCode, type Context, type ServerOptions } from 'graphql-ws';
import { WebSocket } from 'ws';
import { isNestedTooDeep, MAX_DEPTH } from '../../base/foreign-json.js';
import { mapResults, type Results } from '../operations/map-results.js';
import { type OperationCall, thrownError } from '../operations/operation-runner.js';
import { isRefused, prepareOperation } from '../operations/prepare-operation.js';
import { resultsOf } from '../operations/results-of.js';
import { endedByDatabase } from '../operations/database-limits.js';
import { isIdentityError } from './identity-error.js';
import type { CallerRequest, HttpServerOptions } from './options.js';
import type { OperationEntry } from './operation-entry.js';
import type { ErrorDesk } from './unexpected-errors.js';

/** One WebSocket client, as the callbacks of graphql-ws see it. */
export interface WsClient {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly requestId: string;
  /** Whether it has been found out who this is. */
  isKnown: boolean;
}

/** The payload of `connection_init`. */
export type ConnectionParams = Record<string, unknown>;

/** Operations one client may have open: it could otherwise send them faster than it reads the answers. A page needs a handful. */
const MAX_OPERATIONS = 100;
const TRY_AGAIN_LATER = 1013;

/** How graphql-ws is to treat a client: who may come in, what may run, what errors look like. */
export function protocolOptions<Ctx extends object>(
  options: HttpServerOptions<Ctx>,
  entry: OperationEntry<Ctx>,
  connectionInitWaitTimeout: number,
): ServerOptions<ConnectionParams, WsClient> {
  const { errors, turns } = entry;
  // What `onSubscribe` found out, on its way through graphql-ws. A query is a stream as well: a client can then take it back.
  const resultsOfCall = (args: ExecutionArgs): Results =>
    mapResults(resultsOf(entry.run, taken(args.contextValue as Found<Ctx>)), writtenOnce);
  return {
    connectionInitWaitTimeout,
    execute: resultsOfCall,
    subscribe: resultsOfCall,
    async onConnect(ctx) {
      await turns.take();
      // For its refusal: who is not known does not get as far as an operation.
      const context = await options.contextFor(callerOf(ctx));
      ctx.extra.isKnown = true;
      if (!takePlace(ctx.extra.socket, entry.desk.holdSocket(entry.callerOf(context)))) return;
      watch(options, ctx, errors);
    },
    // The answer to a ping holds its payload again, and what is too deep to be written would be an error of ours.
    onPing(_ctx, payload) {
      if (isNestedTooDeep(payload)) throw new ProtocolError(`Ping with more than ${MAX_DEPTH} levels of lists and objects`);
    },
    async onSubscribe(ctx, _id, payload) {
      const { requestId } = ctx.extra;
      if (Object.keys(ctx.subscriptions).length > MAX_OPERATIONS) return [tooManyOperations()];
      await turns.take();
      try {
        const context = await options.contextFor(callerOf(ctx));
        const prepared = prepareOperation(options.schema, entry.rules, payload);
        if (isRefused(prepared)) return prepared;
        const call: Call<Ctx> = { ...prepared, context, transport: 'ws', requestId };
        return {
          schema: options.schema,
          document: prepared.document,
          operationName: prepared.operationName,
          contextValue: { call } satisfies Found<Ctx>,
        };
      } catch (error) {
        return [thrownError(error)]; // `onError` presents it, as everything that an operation ends by
      }
    },
    // What a result says is presented by the runner; here are the reasons why there is none, and what an event source threw.
    onError: (ctx, _id, _payload, found) => [...errors.presentAll(found, ctx.extra.requestId)],
  };
}

type Call<Ctx> = Omit<OperationCall<Ctx>, 'client'>;

/** Kept by graphql-ws until the last answer has left. */
interface Found<Ctx> {
  call?: Call<Ctx>;
}

function taken<Ctx>(found: Found<Ctx>): Call<Ctx> {
  const { call } = found;
  if (call === undefined) throw new Error('graphql-ws runs an operation once');
  delete found.call;
  return call;
}

/**
 * Closes a client over an error that no operation can carry: one of `connection_init`, of a caller who may not stay, or of a message that the
 * protocol has no place for. Who must not come in or does not speak the protocol is sent away for good; any other failure is ours or the database's and the client
 * may come back.
 */
export function closeFor(error: unknown, client: WsClient, errors: ErrorDesk): void {
  if (isIdentityError(error)) {
    return error.code === 'FORBIDDEN'
      ? client.socket.close(CloseCode.Forbidden, 'Forbidden')
      : client.socket.close(CloseCode.Unauthorized, 'Unauthorized');
  }
  if (error instanceof ProtocolError || isUnexpectedMessage(error)) {
    return client.socket.close(CloseCode.BadRequest, error instanceof ProtocolError ? error.message : 'Unexpected message received');
  }
  const code = endedByDatabase(error);
  if (code !== undefined) return client.socket.close(TRY_AGAIN_LATER, WHY[code]);
  errors.report(error, client.requestId);
  client.socket.close(TRY_AGAIN_LATER, `Internal error ${client.requestId}`);
}

const WHY = {
  DATABASE_LOCKED: 'The database is locked by another session: come back later',
  DATABASE_UNAVAILABLE: 'The database does not answer: come back later',
  OPERATION_TIMEOUT: 'The database took too long: come back later',
} as const;

/** Keeps a caller's place among the open connections for as long as the socket is; without one the client may come back later. */
function takePlace(socket: WebSocket, giveBack: (() => void) | undefined): boolean {
  if (giveBack === undefined) socket.close(TRY_AGAIN_LATER, 'Too many connections of this caller are open');
  else if (socket.readyState === WebSocket.OPEN) socket.once('close', giveBack);
  else giveBack();
  return giveBack !== undefined;
}

/** A message that a client must not send. Its text is the reason that the client is told, of at most 123 bytes. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** graphql-ws throws a plain error for a message that only a server sends; nothing of ours throws inside its handler. */
function isUnexpectedMessage(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unexpected message of type');
}

/** Sends a client away whose token expires or is revoked while the connection is open. */
function watch<Ctx extends object>(options: HttpServerOptions<Ctx>, ctx: Context<ConnectionParams, WsClient>, errors: ErrorDesk): void {
  const { socket } = ctx.extra;
  if (options.watchCaller === undefined || socket.readyState !== WebSocket.OPEN) return;
  socket.once(
    'close',
    options.watchCaller(callerOf(ctx), (error) => closeFor(error, ctx.extra, errors)),
  );
}

function callerOf({ extra, connectionParams }: Context<ConnectionParams, WsClient>): CallerRequest {
  return {
    headers: extra.request.headers,
    transport: 'ws',
    requestId: extra.requestId,
    ...(connectionParams === undefined ? {} : { connectionParams }),
  };
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(`A connection may have ${MAX_OPERATIONS} operations open: complete one first.`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}

/**
 * A result that lets its data go once it is written as JSON. Who sends it keeps it until the reader has taken the text, and what the text was made of is
 * six times as large: of what waits for slow readers, only the text is counted.
 */
function writtenOnce(result: ExecutionResult): ExecutionResult {
  if (result.data == null) return result;
  let data: unknown = result.data;
  const toJSON = (): unknown => {
    const written = data;
    data = undefined;
    return written;
  };
  return { ...result, data: { toJSON } };
}
