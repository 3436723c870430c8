import { describe, expect, it } from '@jest/globals';
import { type Client, createClient } from 'graphql-sse';
import { startTestServer, type TestServer } from './http-fixture.js';

const connect = (server: TestServer, headers: Record<string, string> = {}): Client =>
  createClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0, headers });

async function all(client: Client, query: string): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const result of client.iterate({ query })) results.push(result);
  return results;
}

const get = (server: TestServer, query: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream', ...headers } });

describe('GraphQL over Server-Sent Events', () => {
  it('carries subscriptions, queries and mutations', async () => {
    await using server = await startTestServer();
    const client = connect(server);
    expect(await all(client, 'subscription { count(to: 3) }')).toEqual([1, 2, 3].map((count) => ({ data: { count } })));
    expect(await all(client, '{ transport }')).toEqual([{ data: { transport: 'sse' } }]);
    expect(await all(client, 'mutation { shout(text: "hey") }')).toEqual([{ data: { shout: 'HEY' } }]);
    client.dispose();
  });

  it("serves a browser's EventSource, which can only GET and accepts more than event streams", async () => {
    await using server = await startTestServer();
    const response = await get(server, 'subscription { count(to: 2) }', { accept: 'text/event-stream, */*' });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const text = await response.text();
    expect(text.match(/^event: \w+$/gm)).toEqual(['event: next', 'event: next', 'event: complete']);
    expect((await get(server, 'mutation { shout(text: "hey") }')).status).toBe(405);
  });

  it('returns the source when the client leaves', async () => {
    await using server = await startTestServer();
    const client = connect(server);
    const events = client.iterate({ query: 'subscription { feed }' });
    const first = events.next();
    server.feed.push('a');
    expect((await first).value).toEqual({ data: { feed: 'a' } });
    client.dispose();
    await server.feed.returned;
  });

  it('holds operations to the limits that HTTP has, and masks bugs', async () => {
    await using server = await startTestServer();
    const client = connect(server);
    const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ');
    expect(await all(client, `{ ${aliases} }`)).toMatchObject([{ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }]);
    const internal = { message: 'Internal error', extensions: { code: 'INTERNAL', correlationId: expect.any(String) } };
    expect(await all(client, '{ bug(secret: "Kim") }')).toMatchObject([{ data: { bug: null }, errors: [internal] }]);
    expect(await (await get(server, 'subscription { bug }')).text()).toContain('"message":"Internal error"');
    expect(server.logged).toContainEqual(expect.objectContaining({ level: 'error' }));
    expect(JSON.stringify(server.logged)).not.toMatch(/Kim|a row/);
    client.dispose();
  });

  it('refuses with a status what is not for it', async () => {
    await using server = await startTestServer();
    const query = 'subscription { feed }';
    const statuses = [
      await get(server, query, { accept: 'application/json' }),
      await get(server, query, { authorization: 'no' }),
      await get(server, query, { authorization: 'broken' }),
      await get(server, query, { origin: 'https://elsewhere.example' }),
      await get(server, query, { 'sec-fetch-site': 'cross-site' }),
      await fetch(`${server.url}/graphql/stream`, { method: 'PUT' }),
      await fetch(`${server.url}/graphql/stream`, { method: 'POST', body: '{}', headers: { accept: 'text/event-stream' } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([406, 401, 500, 403, 403, 405, 415]);
  });
});
