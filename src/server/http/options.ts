import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { DeskLimits } from '../operations/desk-limits.js';
import type { OnSeen } from '../operations/operation-desk.js';
import type { RestContext } from '../../rest/rest-call.js';
import type { Exchange } from './exchange.js';
import type { ExampleOperation } from '../playground/example-operations.js';

/** How an operation reached us: one request, a WebSocket, or a stream of Server-Sent Events. */
export type Transport = 'http' | 'ws' | 'sse';

/** What is known of a caller before anything is executed. */
export interface CallerRequest {
  readonly headers: IncomingHttpHeaders;
  readonly transport: Transport;
  /** The payload of a WebSocket client's `connection_init`; browsers cannot set headers there, so tokens arrive in it. */
  readonly connectionParams?: Readonly<Record<string, unknown>>;
  /** The `x-request-id` of the response, and the correlation id of any error shown to the caller. */
  readonly requestId: string;
}

/** One dependency's health. `ok: false` makes the service not ready; anything beside it is shown as it is. */
export interface ReadinessCheck {
  readonly ok: boolean;
  readonly [detail: string]: unknown;
}

/** What `/readyz` answers from. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

/** What `/readyz?ready-by` answers: of each schedule whose advice was to be there by a time of today, whether it is. Names of schedules, and nothing else. */
export interface OwedAnswer {
  readonly ready: boolean;
  /** Names of the schedules whose advice is not there. */
  readonly failing: readonly string[];
  readonly schedules: readonly { readonly schedule: string; readonly readyBy: string; readonly ready: boolean }[];
}

/** The part of pino that the server uses. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A handler in express's shape: it answers, or calls `next` when the path is none of its own. */
export type ExtraRoutes = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Limits of a WebSocket connection. Defaults in `ws-upgrade.ts`; tests make them small. */
export interface WebSocketLimits {
  /** Milliseconds between heartbeats. A client that answers none, or reads nothing, for a whole beat is dropped. */
  readonly keepAliveMs?: number;
  /** Milliseconds that a client may take to send `connection_init`. */
  readonly initWaitMs?: number;
  /** Unsent bytes in the connection of one client; further messages wait until these have left. Default 1 MiB. */
  readonly maxBufferedBytes?: number;
  /** Bytes of messages that may wait for one client altogether. Default 32 MiB. */
  readonly maxWaitingBytes?: number;
}

/** Everything the HTTP server is told by the part that composes the service. */
export interface HttpServerOptions<Ctx extends object> {
  readonly schema: GraphQLSchema;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  /** Makes one operation's context. Throws `IdentityError` for a caller who must not come in (401 or 403, close code 4401 or 4403). */
  readonly contextFor: (request: CallerRequest) => Promise<Ctx>;
  /**
   * Watches over a caller whose WebSocket or stream stays open, and calls back once, with an `IdentityError`, when they may not stay.
   * @returns how to stop watching
   */
  readonly watchCaller?: (request: CallerRequest, onRefused: (error: Error) => void) => () => void;
  /**
   * Makes the context of one *event* of a subscription from the subscription's own, so that data loaders do not answer a later
   * event with what they cached for an earlier one. Without it every event shares the subscription's context.
   */
  readonly contextForEvent?: (context: Ctx) => Ctx;
  readonly readiness: () => Promise<Readiness>;
  /** Whether the advice that is due is there; without it `/readyz?ready-by` answers as `/readyz` does. */
  readonly owedNights?: () => Promise<OwedAnswer>;
  /** The text of `/metrics` in Prometheus's format; without it the path is unknown. */
  readonly metrics?: () => Promise<string>;
  readonly production: boolean;
  /** Whether the schema may be asked for. Default: not in production. */
  readonly introspection?: boolean;
  /** Whether `/playground` exists. Default: where introspection does. */
  readonly playground?: boolean;
  /** The tabs a newcomer finds in the playground. Default: `EXAMPLE_OPERATIONS`. */
  readonly exampleOperations?: readonly ExampleOperation[];
  /** Folder of the built console, which need not be there. Without one `/` is the front page, and `/console` is unknown. */
  readonly consoleFolder?: string;
  /** Answers any path from `/session` on: signing in and out. Without it the path is unknown. */
  readonly session?: (exchange: Exchange) => Promise<void>;
  readonly logger: Logger;
  /** What IBSafe's REST calls are given, from an operation's context. Without it there are none. */
  readonly restContext?: (context: Ctx) => RestContext;
  /** Handles every path the server does not know. Its answers carry the strict headers unless it sets its own. */
  readonly extraRoutes?: ExtraRoutes;
  /** Told of every unexpected error, after it was logged; for counters. */
  readonly onError?: (error: unknown, correlationId: string) => void;
  readonly webSocket?: WebSocketLimits;
  /** What operations and connections may use, where it is other than usual. */
  readonly limits?: Partial<DeskLimits>;
  /** Told when an operation ends which persons' data a caller was given. */
  readonly onSeen?: OnSeen;
  /** The caller of an operation, by its context: limits are for each caller. Without it all are one caller's. */
  readonly callerOf?: (context: Ctx) => string;
  /** What decides what a caller is shown, by a context: who has the same is shown the same. Without it nothing is worked out for several callers at once. */
  readonly rightsOf?: (context: Ctx) => string;
  /**
   * Makes the context of an operation that is executed once for several callers of the same rights, of which the given context is one's. `onCaller` is called when
   * something asks who the caller is: what comes of it is for that caller alone. Without it each operation is executed for its own caller.
   */
  readonly contextForAll?: (context: Ctx, onCaller: () => void) => Ctx;
  /** Milliseconds a reader of an answer or of Server-Sent Events may take nothing of what waits for it before it is dropped. Default 20,000. */
  readonly streamStallMs?: number;
  /** Connections that may be open at once, of every kind. Default: those of the desk's sockets, and 2,000. */
  readonly maxConnections?: number;
}

/** A server that listens. */
export interface RunningHttpServer {
  /** Where a browser on this machine finds it, without a trailing slash. */
  readonly url: string;
  readonly address: { readonly host: string; readonly port: number };
  /**
   * Stops accepting, tells subscribers to come back, waits up to `graceMs` for requests that are being answered, then cuts
   * what is left. Safe to call twice.
   */
  close(graceMs: number): Promise<void>;
}
