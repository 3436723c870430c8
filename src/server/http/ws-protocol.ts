import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError, type ValidationRule } from 'graphql';
import { CloseCode, type Context, type ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { isIdentityError } from './identity-error.js';
import type { CallerRequest, HttpServerOptions } from './options.js';
import { prepareOperation } from './prepare-operation.js';
import { subscribePerEvent } from './subscribe-per-event.js';
import { type ErrorDesk, internalError, unauthenticated } from './unexpected-errors.js';

/** One WebSocket client, as the callbacks of graphql-ws see it. */
export interface WsClient {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly requestId: string;
}

/** The payload of `connection_init`. */
export type ConnectionParams = Record<string, unknown>;

/** What every operation must pass on any transport, and where its errors go. */
export interface OperationGate {
  readonly rules: readonly ValidationRule[];
  readonly errors: ErrorDesk;
}

/** Operations one client may have open: it could otherwise send them faster than it reads the answers. A page needs a handful. */
const MAX_OPERATIONS = 100;
const TRY_AGAIN_LATER = 1013;

/** How graphql-ws is to treat a client: who may come in, what may run, what errors look like. */
export function protocolOptions<Ctx extends object>(
  options: HttpServerOptions<Ctx>,
  { rules, errors }: OperationGate,
  connectionInitWaitTimeout: number,
): ServerOptions<ConnectionParams, WsClient> {
  return {
    connectionInitWaitTimeout,
    subscribe: subscribePerEvent(options.contextForEvent),
    async onConnect(ctx) {
      // For its refusal: who is not known does not get as far as an operation.
      await options.contextFor(callerOf(ctx));
    },
    async onSubscribe(ctx, _id, payload) {
      if (Object.keys(ctx.subscriptions).length > MAX_OPERATIONS) return [tooManyOperations()];
      try {
        const prepared = prepareOperation(options.schema, rules, payload);
        if (isRefused(prepared)) return prepared;
        return { ...prepared, contextValue: await options.contextFor(callerOf(ctx)) };
      } catch (error) {
        if (isIdentityError(error)) return [unauthenticated(error)];
        errors.report(error, ctx.extra.requestId);
        return [internalError(ctx.extra.requestId)];
      }
    },
    onNext(ctx, ...[, , , { errors: found, data, extensions }]) {
      if (found === undefined) return undefined;
      return {
        errors: found.map((error) => errors.present(error, ctx.extra.requestId)),
        ...(data === undefined ? {} : { data }),
        ...(extensions === undefined ? {} : { extensions }),
      };
    },
    onError: (ctx, _id, _payload, found) => found.map((error) => errors.present(error, ctx.extra.requestId)),
  };
}

/**
 * Closes a client over an error that no operation can carry. Only `connection_init` meets one: a caller who is not known is sent
 * away for good, any other failure is ours and the client may come back.
 */
export function closeFor(error: unknown, client: WsClient, errors: ErrorDesk): void {
  if (isIdentityError(error)) return client.socket.close(CloseCode.Unauthorized, 'Unauthorized');
  errors.report(error, client.requestId);
  client.socket.close(TRY_AGAIN_LATER, `Internal error ${client.requestId}`);
}

function callerOf({ extra, connectionParams }: Context<ConnectionParams, WsClient>): CallerRequest {
  return {
    headers: extra.request.headers,
    transport: 'ws',
    requestId: extra.requestId,
    ...(connectionParams === undefined ? {} : { connectionParams }),
  };
}

/** Whether `prepareOperation` gave reasons instead of an operation. */
export function isRefused(prepared: ExecutionArgs | readonly GraphQLError[]): prepared is readonly GraphQLError[] {
  return Array.isArray(prepared);
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(`A connection may have ${MAX_OPERATIONS} operations open: complete one first.`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
