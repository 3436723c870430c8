import type { WebSocket } from 'ws';

/** The code and reason with which a socket closes. Ask before doing what makes it close. */
export function closing(socket: WebSocket): Promise<[code: number, reason: string]> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, reason.toString('utf8')])));
}
