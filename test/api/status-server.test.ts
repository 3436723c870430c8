import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createStatusServer, type StatusServer } from '../../src/server/http/status-server.js';
import { closeOf } from '../support/close-of.js';
import { Resources } from '../support/resources.js';

const MAX_REQUESTS = 64;

const resources = new Resources();
// Also after a test that was broken off.
afterEach(() => resources.end());

interface Started {
  readonly url: string;
  /** A client that says so much and no more. @returns its connection, once it stands */
  readonly slow: (text?: string) => Promise<Socket>;
}

const answer = (): Promise<{ ready: true }> => Promise.resolve({ ready: true });

async function start(options: { readonly requestMs?: number; readonly text?: string } = {}): Promise<Started> {
  const { text = 'up 1\n', ...limits } = options;
  const server: StatusServer = await createStatusServer({
    port: 0,
    host: '127.0.0.1',
    readiness: answer as never,
    owedNights: answer as never,
    metrics: () => Promise.resolve(text),
    logger: { error: () => undefined } as never,
    onError: () => undefined,
    ...limits,
  });
  resources.use({ [Symbol.asyncDispose]: () => server.close() });
  return {
    url: server.url,
    async slow(said = '') {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      resources.use({ [Symbol.asyncDispose]: () => Promise.resolve(void socket.destroy()) });
      socket.on('error', () => undefined).resume();
      await once(socket, 'connect');
      if (said !== '') socket.write(said);
      return socket;
    },
  };
}

async function several<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let each = 0; each < count; each += 1) made.push(await make());
  return made;
}

describe('the port for metrics', () => {
  it.each([
    ['say nothing', ''],
    ['never end their request', 'GET /metrics HTTP/1.1\r\nhost: x\r\n'],
    ['send a body that never comes', 'POST /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n'],
  ])('answers a scrape while as many clients as it has places %s', async (_how, said) => {
    const server = await start();
    const held = await several(MAX_REQUESTS, () => server.slow(said));
    const gone = closeOf(held[0] as Socket);
    const scraped = await fetch(`${server.url}/metrics`);
    expect([scraped.status, await scraped.text()]).toEqual([200, 'up 1\n']);
    await gone;
  });

  it('keeps a scraper that asks again and again by one connection, and ends those that are silent', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    resources.use({ [Symbol.asyncDispose]: () => Promise.resolve(agent.destroy()) });
    const scrape = async (): Promise<number> => {
      const asked = request(`${server.url}/metrics`, { agent }).end();
      const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
      await once(response.resume(), 'end');
      return asked.socket?.localPort ?? 0;
    };
    const port = await scrape();
    for (let time = 0; time < 3; time += 1) {
      await several(MAX_REQUESTS - 1, () => server.slow());
      expect(await scrape()).toBe(port);
    }
  });

  it('ends a request that does not arrive in its time, and a connection that says nothing', async () => {
    const server = await start({ requestMs: 50 });
    const clients = await Promise.all([server.slow('GET /metrics HTTP/1.1\r\n'), server.slow()]);
    await Promise.all(clients.map((client) => closeOf(client.resume())));
  });

  it('ends a connection whose client does not take its answer', async () => {
    const server = await start({ requestMs: 20, text: 'x'.repeat(50_000_000) });
    const client = await server.slow('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n');
    // It takes a part, and the next one after the server has answered somebody else.
    let taken = 0;
    client.on('data', (part: Buffer) => {
      taken += part.length;
      client.pause();
      const goOn = (): unknown => client.resume();
      void fetch(`${server.url}/healthz`).then(goOn, goOn);
    });
    await closeOf(client);
    expect(taken).toBeLessThan(50_000_000);
  });
});
