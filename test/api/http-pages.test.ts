import { once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { startTestServer } from './http-fixture.js';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** Addresses in a page that a browser would fetch: sources, links, styles. Namespaces of SVG are names, not addresses. */
const fetched = (page: string) => [...page.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map((match) => match[1] ?? match[2] ?? '');

describe('The front page', () => {
  it('shows in both languages where to go, with nothing from elsewhere and no script', async () => {
    await using server = await startTestServer({ metrics: () => Promise.resolve('') });
    const response = await fetch(server.url, { headers: HTML });
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const path of ['/playground', '/graphql', '/dashboard', '/readyz', '/healthz', '/metrics'])
      expect(page).toContain(`href="${path}"`);
    expect(page).toContain('중재 권고');
    expect(fetched(page).filter((address) => !address.startsWith('/') && !address.startsWith('data:'))).toEqual([]);
    expect(page).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*style-src 'sha256-[^']+'/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('links to no place that is switched off', async () => {
    await using server = await startTestServer({ production: true });
    const page = await (await fetch(server.url, { headers: HTML })).text();
    expect(page).toMatch(/\/graphql.*\/healthz/s);
    expect(page).not.toMatch(/\/playground|\/metrics/);
    expect((await fetch(`${server.url}/playground`)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe('Health, readiness and metrics', () => {
  it('is alive whatever its dependencies do, and names the one that makes it not ready', async () => {
    await using server = await startTestServer({
      readiness: () => Promise.resolve({ ready: false, checks: { database: { ok: true }, jobs: { ok: false, reason: 'no answer' } } }),
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const readiness = await fetch(`${server.url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toEqual({
      ready: false,
      failing: ['jobs'],
      checks: { database: { ok: true }, jobs: { ok: false, reason: 'no answer' } },
    });
  });

  it('is ready when every check is, and not when the checks themselves fail', async () => {
    await using ready = await startTestServer();
    expect((await fetch(`${ready.url}/readyz`)).status).toBe(200);
    await using broken = await startTestServer({
      readiness: () => Promise.reject(new Error('password authentication failed for user kim')),
    });
    const response = await fetch(`${broken.url}/readyz`);
    const report = await fetch(`${broken.url}/readyz?report`);
    expect({ status: report.status, body: await report.json() }).toMatchObject({ status: 200, body: { ready: false } });
    const body = await response.text();
    expect([response.status, body]).toEqual([503, expect.not.stringContaining('kim')]);
    expect(JSON.parse(body)).toMatchObject({ ready: false, failing: ['readiness'] });
  });

  it('gives the metrics as they come', async () => {
    await using server = await startTestServer({ metrics: () => Promise.resolve('runs_total 3\n') });
    const response = await fetch(`${server.url}/metrics`);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/plain; version=0.0.4; charset=utf-8',
      'runs_total 3\n',
    ]);
  });
});

describe('Paths that lead nowhere', () => {
  it('are a page for a browser and JSON for a program', async () => {
    await using server = await startTestServer();
    const page = await fetch(`${server.url}/nothing`, { headers: HTML });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const json = await fetch(`${server.url}/nothing?token=abc`);
    expect([json.status, await json.json()]).toEqual([404, { error: { code: 'NOT_FOUND', message: 'There is nothing at /nothing.' } }]);
  });

  it('cannot bring HTML into the page by their name', async () => {
    await using server = await startTestServer();
    // fetch would encode the path before sending it.
    const asked = rawRequest(server.url, { path: '/<script>alert(1)</script>', headers: HTML });
    const answered = once(asked, 'response');
    asked.end();
    const page = await text((await answered)[0]);
    expect(page).toContain('alert(1)');
    expect(page).not.toContain('<script');
  });

  it('answer 405 and what is allowed for a method that a page does not have', async () => {
    await using server = await startTestServer();
    for (const path of ['/', '/healthz', '/readyz', '/playground']) {
      const response = await fetch(`${server.url}${path}`, { method: 'POST' });
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
      expect((await fetch(`${server.url}${path}`, { method: 'HEAD' })).status).toBe(200);
    }
  });

  it('go to the extra routes first, which start from strict headers', async () => {
    await using server = await startTestServer({
      extraRoutes: (request, response, next) => {
        if (request.url === '/dashboard') response.end('jobs');
        else next(request.url === '/broken' ? new Error('the store is down') : undefined);
      },
    });
    const dashboard = await fetch(`${server.url}/dashboard`);
    expect(await dashboard.text()).toBe('jobs');
    expect(dashboard.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    const broken = await fetch(`${server.url}/broken`);
    expect([broken.status, await broken.text()]).toEqual([500, expect.not.stringContaining('store')]);
    expect(server.logged.map(({ level }) => level)).toEqual(expect.arrayContaining(['error', 'warn']));
  });
});

describe('An address that is taken', () => {
  it('is refused with words that say what to do', async () => {
    await using server = await startTestServer();
    const again = startTestServer({ port: server.address.port });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining('choose another port') });
  });
});
