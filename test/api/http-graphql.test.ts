import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { startTestServer } from './http-fixture.js';

const RESPONSE_JSON = 'application/graphql-response+json';

interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: string[]; extensions: Record<string, unknown> }[];
}
async function bodyOf(response: Response): Promise<Body> {
  const text = await response.text();
  const body: Body = JSON.parse(text);
  return body;
}

const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number): string => (depth === 0 ? 'value' : `nested { ${nested(depth - 1)} }`);
const costly = (first: number) => `runs(first: ${first}) { edges { node { ${many(15, (n) => `a${n}: id`)} } } }`;
const directive = () => 'hello @include(if: true)';

describe('GraphQL over HTTP', () => {
  it('answers a query and a mutation sent by POST', async () => {
    await using server = await startTestServer();
    const query = await server.post({ query: 'query ($n: String) { hello(name: $n) transport }', variables: { n: 'Jiwoo' } });
    expect(query.status).toBe(200);
    expect(await bodyOf(query)).toEqual({ data: { hello: 'hello Jiwoo', transport: 'http' } });
    const mutation = await server.post({ query: 'mutation { shout(text: "hey") }' });
    expect(await bodyOf(mutation)).toEqual({ data: { shout: 'HEY' } });
  });

  it('answers a query by GET, but no mutation', async () => {
    await using server = await startTestServer();
    const get = (query: string) =>
      fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await bodyOf(await get('{ hello }'))).toEqual({ data: { hello: 'hello world' } });
    const mutation = await get('mutation { shout(text: "hey") }');
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('refuses what a page of another site could send without being asked first', async () => {
    await using server = await startTestServer();
    const get = await fetch(`${server.url}/graphql?query={hello}`, { headers: { 'user-agent': 'Mozilla/5.0 (of a browser)' } });
    expect([get.status, (await bodyOf(get)).data]).toEqual([403, undefined]);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json; charset=utf-16']) {
      const post = await server.post({ query: 'mutation { shout(text: "hey") }' }, { 'content-type': type });
      expect([type, post.status, (await bodyOf(post)).errors?.[0]?.extensions['code']]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
  });

  it.each([
    [undefined, 'application/json; charset=utf-8', 200],
    ['*/*', 'application/json; charset=utf-8', 200],
    ['application/json', 'application/json; charset=utf-8', 200],
    [RESPONSE_JSON, `${RESPONSE_JSON}; charset=utf-8`, 400],
    [`${RESPONSE_JSON}, application/json;q=0.9`, `${RESPONSE_JSON}; charset=utf-8`, 400],
  ])('answers accept: %s in %s, an invalid document with %i', async (accept, mediaType, invalidStatus) => {
    await using server = await startTestServer();
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const valid = await server.post({ query: '{ hello }' }, headers);
    expect([valid.status, valid.headers.get('content-type')]).toEqual([200, mediaType]);
    for (const query of ['{', '{ nothing }', 'query ($n: Int!) { nested { nested(first: $n) { value } } }']) {
      const invalid = await server.post({ query }, headers);
      expect([query, invalid.status, invalid.headers.get('content-type')]).toEqual([query, invalidStatus, mediaType]);
      expect((await bodyOf(invalid)).data).toBeUndefined();
    }
  });

  it('keeps a 4xx for what is not a GraphQL request, whatever is accepted', async () => {
    await using server = await startTestServer();
    for (const body of [
      '{',
      '[]',
      '{}',
      '"text"',
      { query: 7 },
      { query: '{ hello }', variables: 'text' },
      { query: '{ hello }', variables: [1] },
    ]) {
      expect([body, (await server.post(body)).status]).toEqual([body, 400]);
    }
    expect((await server.post({ query: '{ hello }' }, { accept: 'image/png' })).status).toBe(406);
    const deleted = await fetch(`${server.url}/graphql`, { method: 'DELETE' });
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('refuses a body of more than 1 MiB with a typed error, and serves the next request', async () => {
    await using server = await startTestServer();
    const large = await server.post({ query: '{ hello }', padding: 'x'.repeat(2_000_000) });
    expect([large.status, (await bodyOf(large)).errors?.[0]?.extensions['code']]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await server.post({ query: '{ hello }', padding: 'x'.repeat(900_000) })).status).toBe(200);
  });

  it('refuses a subscription by POST and by GET, and says where subscriptions are served', async () => {
    await using server = await startTestServer();
    const query = 'subscription { count(to: 1) }';
    const byGet = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1' } });
    for (const response of [await server.post({ query }), await server.post({ query }, { accept: RESPONSE_JSON }), byGet]) {
      const text = await response.text();
      expect(response.status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ extensions: { code: 'SUBSCRIPTION_OVER_HTTP', webSocket: '/graphql', serverSentEvents: '/graphql/stream' } }],
      });
      expect(text).not.toMatch(/stack|node_modules/);
    }
  });
});

describe('Errors over HTTP', () => {
  it('masks a bug, and logs it under the id that the caller got, without what it quoted', async () => {
    const seen: unknown[] = [];
    await using server = await startTestServer({ onError: (error, id) => seen.push(error instanceof Error, id) });
    const response = await server.post({ query: 'query ($s: String) { bug(secret: $s) hello }', variables: { s: 'Kim Minseo' } });
    const requestId = response.headers.get('x-request-id');
    expect(await bodyOf(response)).toMatchObject({
      data: { bug: null, hello: 'hello world' },
      errors: [{ message: 'Internal error', path: ['bug'], extensions: { code: 'INTERNAL', correlationId: requestId } }],
    });
    const line = server.logged.find(({ level }) => level === 'error');
    expect(line?.fields).toMatchObject({ correlationId: requestId, error: { name: 'Error', code: '22P02' } });
    expect(JSON.stringify(line)).toContain('http-fixture');
    expect(server.logged).toContain(line);
    expect(JSON.stringify(server.logged)).not.toMatch(/Kim Minseo|secret/);
    expect(seen).toEqual([true, requestId]);
  });

  it('lets a deliberate refusal through as it is', async () => {
    await using server = await startTestServer();
    const { errors } = await bodyOf(await server.post({ query: '{ refusal }' }));
    expect(errors).toMatchObject([{ message: 'that day is over', extensions: { code: 'TOO_LATE' } }]);
    expect(server.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('answers 401 to a caller who is not known, and a masked 500 when that cannot be found out', async () => {
    await using server = await startTestServer();
    const unknown = await server.post({ query: '{ hello }' }, { authorization: 'no' });
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await bodyOf(unknown)).toMatchObject({ errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] });
    const broken = await server.post({ query: '{ hello }' }, { authorization: 'broken' });
    const correlationId = broken.headers.get('x-request-id');
    expect(broken.status).toBe(500);
    expect(await bodyOf(broken)).toEqual({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL', correlationId } }] });
    expect(server.logged.find(({ level }) => level === 'error')?.fields).toMatchObject({ correlationId });
  });

  it("keeps a client's request id when it is a plain one, and makes one otherwise", async () => {
    await using server = await startTestServer();
    const idFor = async (id: string) => (await server.post({ query: '{ hello }' }, { 'x-request-id': id })).headers.get('x-request-id');
    expect(await idFor('client-0042.a_b')).toBe('client-0042.a_b');
    for (const id of ['short', 'x'.repeat(65), 'has space in it', '{"json":1}']) {
      expect(await idFor(id)).toMatch(/^[0-9a-f]{8}-/);
    }
  });

  it('logs each request with its path and status, and never its query', async () => {
    await using server = await startTestServer();
    await fetch(`${server.url}/graphql?query={hello(name:"Kim")}`, { headers: { 'apollo-require-preflight': '1' } });
    await fetch(`${server.url}/healthz`);
    const told = { message: 'request', level: 'debug', fields: expect.objectContaining({ path: '/graphql', status: 200 }) };
    expect(server.logged).toContainEqual(expect.objectContaining(told));
    expect(JSON.stringify(server.logged)).not.toContain('Kim');
  });
});

describe('Limits on operations', () => {
  it.each([
    [
      'aliases',
      /^The operation has 16 aliases, and at most 15 are taken\./,
      `{ ${many(16, (n) => `a${n}: __typename`)} }`,
      `{ ${many(15, (n) => `a${n}: __typename`)} }`,
    ],
    ['directives', /^The operation has 6 directives, and at most 5 are taken\./, `{ ${many(6, directive)} }`, `{ ${many(5, directive)} }`],
    ['levels', /^The document has more than 64 levels/, `{ hello(name: ${'['.repeat(1_990)}`, `{ hello(name: "${'['.repeat(1_990)}") }`],
    ['depth', /^The operation has fields nested more than 12 deep\./, `{ ${nested(13)} }`, `{ ${nested(10)} }`],
    [
      'values to give',
      /^The operation may come to 1,702 values, and at most 1,000 are taken\. Most of it lies in `runs\.edges`: ask for fewer items there/,
      `{ ${costly(100)} }`,
      `{ ${costly(50)} }`,
    ],
    [
      'fields of one name',
      /^The operation has the same fields too often\./,
      `{ ${many(71, () => 'hello')} }`,
      `{ ${many(70, () => 'hello')} }`,
    ],
    ['tokens', /more that 2000 tokens/, `{ ${many(2_100, () => 'hello')} }`, `{ hello(name: "${many(2_100, () => 'hello')}") }`],
  ])('refuses an operation with too many %s, and runs one within the limit', async (_what, reason, tooMuch, within) => {
    await using server = await startTestServer({ limits: { price: 1_000 } });
    const refused = await server.post({ query: tooMuch }, { accept: RESPONSE_JSON });
    expect([refused.status, (await bodyOf(refused)).errors?.map(({ message }) => message)]).toEqual([400, [expect.stringMatching(reason)]]);
    const accepted = await server.post({ query: within }, { accept: RESPONSE_JSON });
    expect([accepted.status, (await bodyOf(accepted)).errors]).toEqual([200, undefined]);
  });

  it('shows its schema in development, and in production neither the schema nor a hint of it', async () => {
    await using development = await startTestServer();
    expect((await bodyOf(await development.post({ query: getIntrospectionQuery() }))).errors).toBeUndefined();
    expect((await bodyOf(await development.post({ query: '{ helo }' }))).errors?.[0]?.message).toContain('Did you mean "hello"?');

    await using production = await startTestServer({ production: true });
    expect((await bodyOf(await production.post({ query: getIntrospectionQuery() }))).data).toBeUndefined();
    const [error] = (await bodyOf(await production.post({ query: '{ helo }' }))).errors ?? [];
    expect(error?.message).toBe('Cannot query field "helo" on type "Query".');
  });
});
