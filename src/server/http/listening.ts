import { createServer, type Server } from 'node:http';
import { sentencesOf, type Told } from '../../domain/said.js';
import { ToldError } from '../../domain/told-error.js';

/** Connections that may wait to be taken in, as far as the system allows: a burst beyond them would have to knock again, a health check among it seconds later. */
const BACKLOG = 4_096;

/**
 * Binds a server. Rejects with an error that says what to do when the address cannot be had; its `code` is the system's. @param settings what stands before
 * the names of the settings of this address
 */
export function listen(server: Server, port: number, host: string, settings = ''): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    // For good: a server that cannot take a connection later, for want of descriptors, says so in the same way and goes on.
    server.on('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, `${host}:${port}`, settings)));
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const bound = server.address();
      resolve({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    });
  });
}

/** The host to write into a link for a browser on this machine: "every address" is none that it could open. */
export function hostForBrowser(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Looks whether an address can be had, before anything is made for a service that could not listen there. Rejects as `listen` does. Another program may
 * still take it in between: then `listen` says so.
 */
export async function tryAddress(port: number, host: string, settings = ''): Promise<void> {
  const server = createServer();
  await listen(server, port, host, settings);
  await new Promise((closed) => server.close(closed));
}

/** Why nothing can listen. In Korean: `data/codes`, group `Listen`. */
export const LISTENING = sentencesOf('Listen', {
  EADDRINUSE: 'cannot listen on {where} ({code}): something else listens there; stop it, or choose another port with {port}',
  EACCES: 'cannot listen on {where} ({code}): this user may not; choose a port from 1024 on with {port}',
  EADDRNOTAVAIL: 'cannot listen on {where} ({code}): this machine has no such address; choose one it has with {host}, such as 127.0.0.1',
  ENOTFOUND: 'cannot listen on {where} ({code}): no address has this name; choose one with {host}, such as 127.0.0.1',
  OTHER: 'cannot listen on {where} ({code}): choose another address or port with {host} and {port}',
});

function explain(cause: NodeJS.ErrnoException, where: string, settings: string): Error {
  const code = cause.code ?? cause.name;
  const values = { where, code, host: `${settings}HOST`, port: `${settings}PORT` };
  return Object.assign(new ToldError(toldOf(code, values), { cause }), { code: cause.code });
}

function toldOf(code: string, values: Readonly<Record<'where' | 'code' | 'host' | 'port', string>>): Told {
  switch (code) {
    case 'EADDRINUSE':
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return LISTENING.tell(code, values);
    default:
      return LISTENING.tell('OTHER', values);
  }
}
