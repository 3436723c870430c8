import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_PATH } from './paths.js';
import { isFromAnotherPage } from './page-origin.js';
import { toOriginForm } from './request-target.js';
import type { WsEndpoint } from './ws-endpoint.js';

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
