import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestServer } from './http-fixture.js';
import { tell } from './raw-http.js';

const PAGE = '<!doctype html><title>console</title>';
const SCRIPT = 'console.log("a screen")';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ibsafe-batch-console-'));
  folder = join(root, 'console');
});
afterEach(() => rmSync(root, { recursive: true }));

function build(): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'index-a1b2.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-a1b2.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'index-a1b2.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, '.build-stamp'), 'not for anybody');
}

describe('A built console', () => {
  it('is where / leads, and its page answers at the address of every screen, never from a cache', async () => {
    build();
    await using server = await startTestServer({ consoleFolder: folder });
    const front = await fetch(server.url, { redirect: 'manual' });
    expect([front.status, front.headers.get('location')]).toEqual([303, '/console']);
    for (const path of ['/console', '/console/', '/console/patients/93?day=2026-11-01', '/console/runs/0b4f8a52']) {
      const response = await fetch(server.url + path);
      expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([200, PAGE, 'no-cache']);
    }
  });

  it('runs under a policy without anything inline, evaluated or from elsewhere', async () => {
    build();
    await using server = await startTestServer({ consoleFolder: folder });
    const policy = (await fetch(`${server.url}/console`)).headers.get('content-security-policy') ?? '';
    const directives = Object.fromEntries(policy.split(';').map((each) => [each.trim().split(' ')[0], each.trim().split(' ').slice(1)]));
    expect(directives).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'style-src-attr': ["'none'"],
      'connect-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'form-action': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ["'none'"],
    });
    expect(new Set(Object.values(directives).flat())).toEqual(new Set(["'none'", "'script'", "'self'"]));
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
    ['br;q=0, gzip;q=0', null],
  ])('sends files that keep for ever, compressed when they were built, to a client that takes %s', async (taken, sent) => {
    build();
    await using server = await startTestServer({ consoleFolder: folder });
    const response = await fetch(`${server.url}/console/assets/index-a1b2.js`, { headers: { 'accept-encoding': taken } });
    expect(await response.text()).toBe(SCRIPT);
    expect(response.headers.get('content-encoding')).toBe(sent);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    const again = await fetch(`${server.url}/console/assets/index-a1b2.js`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('are not sent again to who holds them, by whatever form of their tag, and kept unasked only under a name with a hash', async () => {
    build();
    await using server = await startTestServer({ consoleFolder: folder });
    const page = await fetch(`${server.url}/console`);
    const tag = page.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/u);
    const statusOf = async (held: string): Promise<number> =>
      (await fetch(`${server.url}/console`, { headers: { 'if-none-match': held } })).status;
    for (const held of [tag, tag.slice(2), `"older", ${tag}`, '*']) expect([held, await statusOf(held)]).toEqual([held, 304]);
    for (const held of ['"older"', 'W/"older"', tag.slice(3, -1), '']) expect([held, await statusOf(held)]).toEqual([held, 200]);
    const icon = await fetch(`${server.url}/console/icon.svg`);
    expect([icon.status, icon.headers.get('cache-control'), page.headers.get('cache-control')]).toEqual([200, 'no-cache', 'no-cache']);
  });

  it('gives no file but its own, whatever an address says', async () => {
    build();
    writeFileSync(join(root, 'secret.js'), 'not for anybody');
    await using server = await startTestServer({ consoleFolder: folder });
    for (const path of [
      '/console/../secret.js',
      '/console/%2e%2e/secret.js',
      '/console/..%2fsecret.js',
      '/console/.build-stamp',
      '/console//etc/passwd',
    ]) {
      const answer = await tell(server, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      expect(answer.endsWith(PAGE) || answer.startsWith('HTTP/1.1 404')).toBe(true);
    }
    expect((await fetch(`${server.url}/console/assets/of-another-release.js`)).status).toBe(404);
    expect((await fetch(`${server.url}/console`, { method: 'POST' })).status).toBe(405);
  });
});

describe('A console that is not there', () => {
  it('is told on its page, with what the bootstrap noted, and served as soon as it is there', async () => {
    await using server = await startTestServer({ consoleFolder: folder });
    writeFileSync(`${folder}.failed`, 'the stamp\nnpm could not install <packages of the console>\n');
    const response = await fetch(`${server.url}/console`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.status).toBe(503);
    expect(page).toContain('npm run build');
    expect(page).toContain('콘솔');
    expect(/<pre[^>]*>([^]*?)<\/pre>/.exec(page)?.[1]).toBe('npm could not install &#60;packages of the console&#62;');
    build();
    expect(await (await fetch(`${server.url}/console`)).text()).toBe(PAGE);
  });

  it('is a half without its page', async () => {
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'assets', 'index-a1b2.js'), SCRIPT);
    await using server = await startTestServer({ consoleFolder: folder });
    expect((await fetch(`${server.url}/console`)).status).toBe(503);
  });
});
