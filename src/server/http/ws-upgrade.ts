import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_PATH } from './paths.js';
import { isCrossSite } from './same-origin.js';
import type { WsEndpoint } from './ws-endpoint.js';

/** A connection that asks to stop speaking HTTP. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Lets a WebSocket in, or refuses it in HTTP: 404 for another path, 403 for a page of another site. */
export function upgrade({ request, socket, head }: UpgradeRequest, endpoint: WsEndpoint): void {
  // Without a listener, a client that resets the connection now would bring the process down.
  socket.on('error', () => socket.destroy());
  const path = request.url?.split('?', 1)[0];
  if (path !== GRAPHQL_PATH) return refuse(socket, 404);
  if (isCrossSite(request)) return refuse(socket, 403);
  endpoint.upgrade(request, socket, head);
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
