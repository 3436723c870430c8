import { createServer, type Server } from 'node:http';

/**
 * Binds a server. Rejects with an error that says what to do when the address cannot be had; its `code` is the system's. @param settings what stands before
 * the names of the settings of this address
 */
export function listen(server: Server, port: number, host: string, settings = ''): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, `${host}:${port}`, settings)));
    server.listen(port, host, () => {
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

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there; stop it, or choose another port with PORT',
  EACCES: 'this user may not; choose a port from 1024 on with PORT',
  EADDRNOTAVAIL: 'this machine has no such address; choose one it has with HOST, such as 127.0.0.1',
  ENOTFOUND: 'no address has this name; choose one with HOST, such as 127.0.0.1',
};

function explain(cause: NodeJS.ErrnoException, where: string, settings: string): Error {
  const usual = ADVICE[cause.code ?? ''] ?? 'choose another address or port with HOST and PORT';
  const advice = usual.replaceAll(/\b(HOST|PORT)\b/g, `${settings}$1`);
  return Object.assign(new Error(`cannot listen on ${where} (${cause.code ?? cause.name}): ${advice}`, { cause }), { code: cause.code });
}
