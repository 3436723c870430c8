import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server of bytes that answers a request of HTTP with whatever it is told to. */
export interface OddServer extends AsyncDisposable {
  readonly origin: string;
  /** Requests that came, as they came. */
  readonly asked: readonly string[];
  /** Resolves when no connection is open: what asked has let go of each. */
  readonly isLeft: () => Promise<void>;
}

/** What is done with a connection when its request is there. */
export type OddAnswer = (socket: Socket) => void;

/** Sends a byte now and then, for ever. */
export const trickle =
  (beginning: string, piece = 'x'): OddAnswer =>
  (socket) => {
    socket.write(beginning);
    const more = setInterval(() => socket.write(piece), 5);
    socket.once('close', () => clearInterval(more));
  };

/** Sends as much as is taken, for ever. */
export const flood =
  (beginning: string, piece: string): OddAnswer =>
  (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.write(beginning);
    socket.on('drain', more);
    more();
  };

/** Sends some words, and leaves the connection open. */
export const words =
  (text: string): OddAnswer =>
  (socket) =>
    void socket.write(text);

/** How a server is asked. */
interface Asked {
  readonly host?: string;
  /** Whether it answers a connection before there is a request, as servers of mail do. */
  readonly speaksFirst?: boolean;
  /** Where requests are kept as they come, for an answer that looks at its own. */
  readonly asked?: string[];
}

/** Starts one. @param answer to each request */
export async function startOddServer(
  answer: OddAnswer,
  { host = '127.0.0.1', speaksFirst = false, asked = [] }: Asked = {},
): Promise<OddServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let request = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      server.emit('left');
    });
    if (speaksFirst) return answer(socket);
    socket.on('data', (bytes) => {
      request += bytes.toString();
      if (!isWhole(request)) return;
      asked.push(request);
      request = '';
      answer(socket);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port, family, address } = server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    asked,
    async isLeft() {
      while (sockets.size > 0) await once(server, 'left');
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isWhole(request: string): boolean {
  const [head = '', body] = request.split('\r\n\r\n');
  return body !== undefined && Buffer.byteLength(body) >= Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}
