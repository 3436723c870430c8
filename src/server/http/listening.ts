import type { Server } from 'node:http';

/** Binds a server. Rejects with an error that says what to do when the address cannot be had; its `code` is the system's. */
export function listen(server: Server, port: number, host: string): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(explain(cause, `${host}:${port}`)));
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

function explain(cause: NodeJS.ErrnoException, where: string): Error {
  const advice =
    cause.code === 'EADDRINUSE' ? 'something else listens there; stop it or choose another port' : 'choose another host or port';
  return Object.assign(new Error(`cannot listen on ${where} (${cause.code ?? cause.name}): ${advice}`, { cause }), { code: cause.code });
}
