import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { closeOf } from '../support/close-of.js';
import { until } from '../support/until.js';
import { startTestServer, type TestServer } from './http-fixture.js';

const NAME = 'x'.repeat(900_000);
const FIELDS = Array.from({ length: 8 }, (_, at) => `f${at}: hello(name: $n)`).join(' ');
const BODY = JSON.stringify({ query: `query ($n: String!) { ${FIELDS} }`, variables: { n: NAME } });

/** A client that asks for more than the system's buffers hold, and reads none of it. */
async function asking(server: TestServer): Promise<Socket> {
  const socket = connect(server.address.port, server.address.host);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.pause();
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;
  socket.write(head + BODY);
  return socket;
}

/** How many bytes come until the other side ends. */
async function bytesOf(socket: Socket, enough = Infinity): Promise<number> {
  let bytes = 0;
  const ended = closeOf(socket);
  await new Promise<void>((resolve) => {
    socket.on('data', (data: Buffer) => {
      bytes += data.length;
      if (bytes >= enough) resolve();
    });
    void ended.then(() => resolve());
    socket.resume();
  });
  return bytes;
}

const answered = (server: TestServer) => server.logged.some(({ message }) => message === 'request');

describe('A reader of a whole answer', () => {
  it('is cut off when it takes nothing of it for too long', async () => {
    await using server = await startTestServer({ streamStallMs: 50 });
    const socket = await asking(server);
    await until(() => Promise.resolve(answered(server)));
    expect(await bytesOf(socket)).toBeLessThan(7_200_000);
  });

  it('has it whole when it reads, and its connection for the next one', async () => {
    await using server = await startTestServer({ streamStallMs: 5_000 });
    const socket = await asking(server);
    expect(await bytesOf(socket, 7_200_000)).toBeGreaterThan(7_200_000);
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(String(await once(socket, 'data'))).toContain('200 OK');
    socket.destroy();
  });
});

describe('Connections', () => {
  it('are hung up on when too many are open', async () => {
    await using server = await startTestServer({ maxConnections: 1 });
    const first = connect(server.address.port, server.address.host);
    await once(first, 'connect');
    const second = connect(server.address.port, server.address.host);
    await closeOf(second);
    first.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(String(await once(first, 'data'))).toContain('200 OK');
    first.destroy();
  });
});
