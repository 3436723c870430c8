import { describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { isObjectType } from 'graphql';
import { WebSocket } from 'ws';
import { EventSource } from './http-event-source.js';
import { startTestServer, testSchema, type TestServer } from './http-fixture.js';

/** A server whose mutation says that it was carried out. */
async function startShouting(): Promise<{ server: TestServer; shouted: string[] }> {
  const shouted: string[] = [];
  const schema = testSchema(new EventSource());
  const mutation = schema.getMutationType();
  const shout = isObjectType(mutation) ? mutation.getFields()['shout'] : undefined;
  if (shout === undefined) throw new Error('the schema has no mutation');
  shout.resolve = (_source, { text }: { text: string }) => {
    shouted.push(text);
    return text;
  };
  return { server: await startTestServer({ schema }), shouted };
}

const ORDER = 'mutation Shout { shout(text: "x") }';
const REFUSED = { code: 'OPERATION_RESOLUTION_FAILURE' };

describe('A name that no operation of the document has', () => {
  it.each([
    ['beside the only operation', '{ hello }', 'B'],
    ['beside a named one', 'query A { hello }', 'B'],
    ['in another case', 'query A { hello }', 'a'],
    ['that is empty', 'query A { hello }', ''],
    ['that every object has', 'query A { hello }', '__proto__'],
    ['that every object has, beside several', 'query A { hello } query B { hello }', 'constructor'],
    ['beside a mutation', ORDER, 'Other'],
    ['beside a subscription', 'subscription S { feed }', 'Other'],
    ['of a fragment', 'query A { ...F } fragment F on Query { hello }', 'F'],
  ])('is refused on every transport, and nothing is carried out: %s', async (_what, query, operationName) => {
    const { server, shouted } = await startShouting();
    await using _ = server;
    const text = `Unknown operation named "${operationName}".`;
    const refusal = { errors: [{ message: text, extensions: REFUSED }] };
    const posted = await server.post({ query, operationName });
    expect([posted.status, await posted.json()]).toEqual([400, refusal]);
    const address = `${server.url}/graphql?${new URLSearchParams({ query, operationName }).toString()}`;
    const got = await fetch(address, { headers: { 'x-graphql-client': '1' } });
    expect([got.status, await got.json()]).toEqual([400, refusal]);
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const streamed = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, operationName }),
    });
    expect(await streamed.text()).toContain(JSON.stringify(refusal));
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const sent = async (): Promise<unknown> => (await client.iterate({ query, operationName }).next()).value;
    expect(await sent().catch((errors: unknown) => ({ errors }))).toMatchObject(refusal);
    await client.dispose();
    expect(shouted).toEqual([]);
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is needed among several operations, and finds its own', async () => {
    const { server, shouted } = await startShouting();
    await using _ = server;
    const query = `query A { hello } ${ORDER}`;
    const unnamed = await server.post({ query });
    expect([unnamed.status, await unnamed.json()]).toMatchObject([400, { errors: [{ extensions: REFUSED }] }]);
    expect(await (await server.post({ query, operationName: 'A' })).json()).toEqual({ data: { hello: 'hello world' } });
    expect(shouted).toEqual([]);
    expect(await (await server.post({ query, operationName: 'Shout' })).json()).toEqual({ data: { shout: 'x' } });
    expect(shouted).toEqual(['x']);
  });
});
