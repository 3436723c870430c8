import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { builtConsole } from '../../src/server/console/console.js';

const KB = 1_000;
const folder = builtConsole();
const isBuilt = existsSync(join(folder, 'index.html'));
if (!isBuilt) console.warn('skipped: the size of the console, because dist/console is not built (npm run build says why)');

const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const gzipped = (name: string): number => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
const assets = (): string[] =>
  readdirSync(join(folder, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((name) => /\.(js|css)$/.test(name));

/** The texts, and the codes that the first screen speaks of. */
const KOREAN = /assets\/(ko-|_codes_ko_first-).*\.js$/;

/** A file and all that it imports at once, not later. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  if (name.endsWith('.js'))
    for (const [, imported = ''] of text(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) withImports(`assets/${imported}`, seen);
  return seen;
}

/** What is fetched before the first screen stands, in Korean: page, entry, styles, and the two files of the language. */
function firstPaint(): string[] {
  const named = [...text('index.html').matchAll(/(?:src|href)="\/console\/(assets\/[^"]+)"/g)].map(([, name = '']) => name);
  const korean = assets().filter((name) => KOREAN.test(name));
  return ['index.html', ...new Set([...named, ...korean].flatMap((name) => [...withImports(name)]))];
}

(isBuilt ? describe : describe.skip)('The size of the console, gzipped', () => {
  it('is at most 140 kB until the first screen stands', () => {
    const files = firstPaint();
    expect(files.filter((name) => KOREAN.test(name)).length).toBe(2);
    expect(files.filter((name) => /assets\/(index|first)-.*\.js/.test(name)).length).toBe(2);
    const size = files.reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`first paint: ${(size / KB).toFixed(1)} kB of ${files.length} files`);
    expect(size).toBeLessThanOrEqual(140 * KB);
  });

  it('is at most 5 kB for the program of the live connection: the client, and not the server that its package holds too', () => {
    const brings = assets().filter((name) => name.endsWith('.js') && text(name).includes('graphql-transport-ws'));
    expect(brings).toHaveLength(1);
    const parts = [...withImports(brings[0] ?? '')].filter((name) => !name.includes('first-'));
    expect(parts.reduce((sum, name) => sum + gzipped(name), 0)).toBeLessThanOrEqual(5 * KB);
  });

  it('is at most 380 kB in all', () => {
    const size = ['index.html', ...assets()].reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`all: ${(size / KB).toFixed(1)} kB`);
    expect(size).toBeLessThanOrEqual(380 * KB);
  });
});
