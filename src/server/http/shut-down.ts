import type { Server } from 'node:http';
import type { SseEndpoint } from './sse-endpoint.js';
import type { WsEndpoint } from './ws-endpoint.js';

/** Milliseconds between looks for connections that have become idle. */
const SWEEP_MS = 50;

/**
 * Closes a server in the order that loses least: no new connections; subscribers are told to come back (they find another process);
 * requests under way get `graceMs`; what is left then is cut.
 */
export async function shutDown(parts: { server: Server; sockets: WsEndpoint; stream: SseEndpoint; graceMs: number }): Promise<void> {
  const { server, sockets, stream, graceMs } = parts;
  // Closes the connections that are idle now, and resolves when the last one is gone.
  const gone = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  sockets.closeAll();
  stream.closeAll();
  // A kept-alive connection whose answer has just gone out would otherwise stay for its whole idle time.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => {
    sockets.terminateAll();
    server.closeAllConnections();
  }, graceMs);
  await gone;
  clearTimeout(cut);
  clearInterval(sweep);
  sockets.terminateAll();
}
