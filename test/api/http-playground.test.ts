import { describe, expect, it } from '@jest/globals';
import { startTestServer } from './http-fixture.js';

describe('The playground', () => {
  it('is made of files of this server only, and forbids inline scripts', async () => {
    await using server = await startTestServer();
    const response = await fetch(`${server.url}/playground`);
    const page = await response.text();
    expect(page).toContain('<title>IBSafe Batch Playground</title>');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !address.startsWith('/playground/') && !address.startsWith('data:'))).toEqual([]);
    expect(page.match(/<script(?! (defer src|type="application\/json"))/)).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  it('serves its files compressed, and not again to a browser that has them', async () => {
    await using server = await startTestServer();
    const first = await fetch(`${server.url}/playground/graphiql.js`);
    expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect((await first.text()).length).toBeGreaterThan(1_000_000);
    const again = await fetch(`${server.url}/playground/graphiql.js`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await fetch(`${server.url}/playground/secrets.js`)).status).toBe(404);
  });

  it('sends a browser there that opens the endpoint itself', async () => {
    await using server = await startTestServer();
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/playground']);
  });
});
