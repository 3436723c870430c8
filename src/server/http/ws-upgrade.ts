import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { GRAPHQL_PATH } from './paths.js';
import { isFromAnotherPage } from './page-origin.js';
import type { OperationEntry } from './operation-entry.js';
import type { HttpServerOptions } from './options.js';
import { requestIdFrom } from './request-id.js';
import { closeFor, type ConnectionParams, ProtocolError, protocolOptions, type WsClient } from './ws-protocol.js';
import { type WatchedSocket, watchSocket } from './ws-socket.js';

/** Milliseconds between heartbeats, unless told otherwise. */
const KEEP_ALIVE_MS = 12_000;
/** Milliseconds for `connection_init`, unless told otherwise. */
const INIT_WAIT_MS = 5_000;
/** Unsent bytes in the connection of one client, unless told otherwise. */
const MAX_BUFFERED_BYTES = 1_048_576;
/** Largest message a client may send; as large as an HTTP body. */
const MAX_PAYLOAD_BYTES = 1_048_576;
/** The largest message of a client that is not known yet: a `connection_init` with a token. No other JSON is parsed. */
const MAX_INIT_BYTES = 16_384;
/** "Service restart": clients come back, to another process or to this one's successor. */
const SERVICE_RESTART = 1012;
/** Client libraries come back on it, after a while. */
const TRY_AGAIN_LATER = 1013;

/** GraphQL over WebSocket (graphql-transport-ws): queries, mutations and subscriptions. */
export interface WsEndpoint {
  /** Takes over a connection that asked to be upgraded. The caller has checked path and origin. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks every client to reconnect elsewhere. */
  closeAll(): void;
  /** Cuts the connections that are left. */
  terminateAll(): void;
}

/** Makes the endpoint. Nothing listens until `upgrade` is called. */
export function createWsEndpoint<Ctx extends object>(options: HttpServerOptions<Ctx>, entry: OperationEntry<Ctx>): WsEndpoint {
  const limits = options.webSocket ?? {};
  const graphql = makeServer<ConnectionParams, WsClient>(protocolOptions(options, entry, limits.initWaitMs ?? INIT_WAIT_MS));
  const socketOptions = {
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    // One message in a round of the event loop: of a client that sends ten thousand at once all that were read would be begun together, and a health check would wait for seconds.
    allowSynchronousEvents: false,
    handleProtocols,
    // A dropped client that reads nothing never acknowledges the closing; its buffer is freed after this.
    closeTimeout: 2_000,
  };
  const sockets = new WebSocketServer(socketOptions);
  const watched = new Map<WebSocket, WatchedSocket>();
  const inAll = { bytes: 0 };
  const heartbeat = setInterval(() => {
    for (const client of watched.values()) client.beat();
  }, limits.keepAliveMs ?? KEEP_ALIVE_MS);
  heartbeat.unref();

  const connect = (socket: WebSocket, request: IncomingMessage): void => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    // First: until the closing is done a client that is not let in may send what is no frame, and without a listener that would end the process.
    socket.on('error', (error) => options.logger.debug({ requestId, name: error.name }, 'websocket error'));
    // Before a client has said who it is: a caller's own share is counted when they do.
    if (sockets.clients.size > entry.desk.limits.sockets) return socket.close(TRY_AGAIN_LATER, 'Too many connections are open');
    const extra: WsClient = { socket, request, requestId, isKnown: false };
    const client = watchSocket(socket, {
      maxBufferedBytes: limits.maxBufferedBytes ?? MAX_BUFFERED_BYTES,
      maxWaitingBytes: limits.maxWaitingBytes,
      inAll,
      onSlow(code, reason) {
        options.logger.warn({ requestId, code, reason }, 'subscriber dropped');
        end(code, reason);
      },
      onFailure: (error) => closeFor(error, extra, entry.errors),
      checkMessage(bytes, isBinary) {
        if (isBinary) throw new ProtocolError('Binary message received: send text');
        if (!extra.isKnown && bytes > MAX_INIT_BYTES) throw new ProtocolError(`More than ${MAX_INIT_BYTES} bytes before connection_ack`);
      },
    });
    watched.set(socket, client);
    const closed = graphql.opened(client.forGraphQL, extra);
    let ended = false;
    const end = (code: number, reason: string): void => {
      watched.delete(socket);
      if (ended) return;
      ended = true;
      closed(code, reason).catch((error: unknown) => entry.errors.report(error, requestId));
    };
    socket.once('close', (code, reason) => end(code, reason.toString('utf8')));
  };

  return {
    upgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head, connect),
    closeAll() {
      for (const socket of sockets.clients) socket.close(SERVICE_RESTART, 'service restarts');
    },
    terminateAll() {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

/** A connection that asks to stop speaking HTTP. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/**
 * Whether a request with an `upgrade` header is to become a WebSocket. Any other offer, HTTP/2 (h2c) for one, is a wish that a server may ignore
 * (RFC 9110, 7.8): the request is then answered as if it had not been made.
 */
export function wantsWebSocket({ method, headers, httpVersionMinor }: IncomingMessage): boolean {
  return method === 'GET' && httpVersionMinor > 0 && headers.upgrade?.trim().toLowerCase() === 'websocket';
}

/** Lets a WebSocket in, or refuses it in HTTP: 404 for another path, 403 for a page of another origin. */
export function upgrade({ request, socket, head }: UpgradeRequest, endpoint: WsEndpoint): void {
  // Without a listener, a client that resets the connection now would bring the process down.
  socket.on('error', () => socket.destroy());
  toOriginForm(request);
  const path = request.url?.split('?', 1)[0];
  if (path !== GRAPHQL_PATH) return refuse(socket, 404);
  if (isFromAnotherPage(request)) return refuse(socket, 403);
  endpoint.upgrade(request, socket, head);
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncache-control: no-store\r\ncontent-length: 0\r\n\r\n`);
}

/**
 * Reads a target in absolute form (`GET http://host/path`, as some proxies and clients send it) as RFC 9112 says, 3.2.2: the path is the target's,
 * and the host in it stands for the one in the header. To be done before anything else looks at a request, which then knows one form only.
 */
export function toOriginForm(request: IncomingMessage): void {
  const target = request.url ?? '/';
  if (target.startsWith('/')) return;
  const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(target);
  const [, authority = '', rest = ''] = absolute ?? [];
  if (absolute === null) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1);
}
