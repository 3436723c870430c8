import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { signal } from './http-event-source.js';
import { startTestServer } from './http-fixture.js';
import { acknowledged, rawSocket } from './http-sockets.js';

describe('Shutting the server down', () => {
  it('tells WebSocket clients to come back, and ends their subscriptions', async () => {
    const server = await startTestServer();
    const socket = await rawSocket(server);
    await acknowledged(socket);
    socket.send(JSON.stringify({ id: 'one', type: 'subscribe', payload: { query: 'subscription { feed }' } }));
    await server.feed.listened;
    const closed = once(socket, 'close');
    await Promise.all([server.close(60_000), server.close(60_000)]);
    expect((await closed)[0]).toBe(1012);
    await server.feed.returned;
  });

  it('breaks event streams off without completing them, so that clients come back', async () => {
    const server = await startTestServer();
    const client = createSseClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0 });
    const next = client.iterate({ query: 'subscription { feed }' }).next();
    const failed = expect(next).rejects.toThrow(/fetch failed|terminated/); // before its first byte, or after
    await server.feed.listened;
    await server.close(60_000);
    await failed;
    await server.feed.returned;
    client.dispose();
  });

  it('lets a request under way finish, and takes no new one', async () => {
    const asked = signal();
    const answer = signal();
    const server = await startTestServer({
      extraRoutes: (_request, response) => {
        asked.resolve();
        void answer.promise.then(() => response.end('finished'));
      },
    });
    const busy = fetch(`${server.url}/slow`);
    await asked.promise;
    const closing = server.close(60_000);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    answer.resolve();
    expect(await (await busy).text()).toBe('finished');
    await closing;
  });

  it('cuts what is still under way when the grace is over', async () => {
    const asked = signal();
    const server = await startTestServer({ extraRoutes: () => asked.resolve() });
    const hanging = expect(fetch(`${server.url}/hangs`)).rejects.toThrow('fetch failed');
    await asked.promise;
    await server.close(1);
    await hanging;
  });
});
