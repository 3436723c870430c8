import type { IncomingMessage } from 'node:http';

/**
 * Whose tries to sign in are counted together: the address that is connected, and, where a proxy passes requests on, the one that it says last. A client
 * that is no proxy can make that up: what all tries of a process together may come to holds all the same.
 */
export function senderAddress({ socket, headers }: IncomingMessage): string {
  const said =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim()
      .slice(0, 64) ?? '';
  return `${socket.remoteAddress ?? ''} ${said}`;
}
