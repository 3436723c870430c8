import type { Socket } from 'node:net';

/** Resolves when a connection has closed, with an error or without. (`once` rejects for an error, which a server that hangs up may cause or not.) Ask before doing what makes it close. */
export function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('error', () => undefined).once('close', () => resolve()));
}
