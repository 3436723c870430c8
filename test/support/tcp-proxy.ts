import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that a test can cut and mend: to its clients the server is gone and comes back, under the same address. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Lets connections through again. */
  mend(): Promise<void>;
  /** Leaves every connection there is open and dumb in both directions, as a firewall does that forgot them; new ones pass. */
  stall(): void;
}

/** Carries bytes between a client and the server; the other side ends with either of them by itself. */
export type Carry = (client: Socket, upstream: Socket) => void;

const everything: Carry = (client, upstream) => {
  client.pipe(upstream);
  upstream.pipe(client);
};

/** Opens a way to a server on this machine; cut until mended when `isCut`. `carry` may lose or hold back what is sent. */
export async function openTcpProxy(target: { host: string; port: number }, isCut = false, carry: Carry = everything): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let server = listenerTo(target, sockets, carry);
  const listenOn = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listenOn(0);
  const { port } = server.address() as AddressInfo;
  if (isCut) await cut();
  return {
    port,
    cut,
    async mend() {
      if (server.listening) return;
      server = listenerTo(target, sockets, carry);
      await listenOn(port);
    },
    stall() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    [Symbol.asyncDispose]: cut,
  };
}

function listenerTo(target: { host: string; port: number }, sockets: Set<Socket>, carry: Carry): Server {
  return createServer((client) => {
    const upstream = connect(target);
    for (const [socket, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(socket);
      // A broken connection is what this is for: both ends go together, and neither error is anybody's business.
      socket
        .on('error', () => undefined)
        .once('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
    }
    carry(client, upstream);
  });
}
