import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Visitor } from './dashboard-visitor.js';
import { ask, makeSessionGround, type SessionGround, type SessionServer, startSessionServer } from './session-fixture.js';

let ground: SessionGround;
beforeAll(async () => {
  ground = await makeSessionGround();
});
afterAll(async () => {
  await ground?.[Symbol.asyncDispose]();
});

async function signedIn(): Promise<{ server: SessionServer; visitor: Visitor } & AsyncDisposable> {
  const server = await startSessionServer(ground);
  const visitor = await server.signedIn((await ground.key('admin')).key);
  return { server, visitor, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const NOT_SAID = { 'sec-fetch-site': undefined };
/** What a browser says of a page that is not ours; and a request of which nothing says whose it is. */
const OTHERS: readonly (readonly [string, Record<string, string | undefined>])[] = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ['another origin, in a browser that tells no more', { ...NOT_SAID, origin: 'https://elsewhere.example' }],
  ['another port of this host', { ...NOT_SAID, origin: 'http://127.0.0.1:1' }],
  ['a sandboxed frame or a file', { ...NOT_SAID, origin: 'null' }],
  ['an origin that only begins like ours', { ...NOT_SAID, origin: 'http://127.0.0.1.elsewhere.example' }],
  ['a word that no browser says', { 'sec-fetch-site': 'same-origin, cross-site' }],
];

describe('A cookie alone opens nothing', () => {
  it.each([...OTHERS, ['nobody says who', NOT_SAID] as const])('to a request of %s', async (_, headers) => {
    await using open = await signedIn();
    const { visitor } = open;
    expect([401, 403]).toContain(await ask(visitor, headers));
    const stream = await visitor.call('/graphql/stream', { query: '{ hello }' }, { accept: 'text/event-stream', ...headers });
    expect([401, 403]).toContain(stream.status);
    for (const path of ['/graphql?query={hello}', '/graphql/stream?query={hello}']) {
      const got = await visitor.send(path, { method: 'GET', headers: { accept: '*/*', 'user-agent': 'Mozilla/5.0', ...headers } });
      expect([401, 403, 406]).toContain(got.status);
    }
    expect((await visitor.delete('/session', headers)).status).toBe(403);
    expect((await visitor.call('/session', { key: 'x' }, headers)).status).toBe(403);
    expect([401, 403]).toContain((await visitor.call('/dashboard/api/jobs/pause', { jobIds: [] }, headers)).status);
    expect((await visitor.post('/dashboard/logout', {}, headers)).status).toBe(403);
    expect((await visitor.post('/dashboard/login', { token: 'x' }, headers)).status).toBe(403);
    expect(await ask(visitor)).toBe(200); // it is still there
  });

  it.each(OTHERS)('to a socket of %s', async (_, headers) => {
    await using open = await signedIn();
    const said = Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined));
    await expect(open.server.knock(open.visitor, said)).rejects.toThrow('403');
  });

  it('to a socket of which nothing says whose it is', async () => {
    await using open = await signedIn();
    expect(await open.server.knock(open.visitor, {})).toBe(4401);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', undefined])(
    'to what a page may send without asking first, even of our own: %s',
    async (type) => {
      await using open = await signedIn();
      for (const path of ['/graphql', '/session', '/graphql/stream']) {
        const headers = {
          'sec-fetch-site': 'same-origin',
          accept: 'text/event-stream, */*',
          ...(type !== undefined && { 'content-type': type }),
        };
        const { status } = await open.visitor.send(path, {
          method: 'POST',
          body: '{"query":"mutation { shout(text: \\"a\\") }"}',
          headers,
        });
        expect([path, status]).toEqual([path, 415]);
      }
    },
  );

  it('to a mutation in an address', async () => {
    await using open = await signedIn();
    const { status } = await open.visitor.send('/graphql?query=mutation{shout(text:"a")}', {
      method: 'GET',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(status).toBe(405);
  });

  it('to who follows a link, but for pages that show and change nothing by it', async () => {
    await using open = await signedIn();
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' };
    expect((await open.visitor.send('/dashboard/', { method: 'GET', headers: link })).status).toBe(200);
    for (const path of ['/graphql?query={hello}', '/session'])
      expect((await open.visitor.send(path, { method: 'GET', headers: link })).status).toBe(403);
    expect((await open.visitor.send('/dashboard/', { method: 'GET', headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status).toBe(403);
  });

  it('where a bad token is shown beside it', async () => {
    await using open = await signedIn();
    expect(await ask(open.visitor, { authorization: 'Bearer ibk_wrong' })).toBe(401);
    expect(await ask(open.visitor, { authorization: 'nonsense' })).toBe(401);
  });

  it.each([
    ['its own origin, in a browser that tells no more', (url: string) => ({ ...NOT_SAID, origin: url })],
    ['a header that a page of another origin would have to ask for', () => ({ ...NOT_SAID, 'x-requested-with': 'a page of ours' })],
    ['the host that a proxy passes on', () => ({ ...NOT_SAID, origin: 'http://batch.example', 'x-forwarded-host': 'batch.example' })],
  ])('and a page of ours is let in by %s', async (_, headers) => {
    await using open = await signedIn();
    expect(await ask(open.visitor, headers(open.server.url))).toBe(200);
  });
});
