import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { consoleIsSettled, ensureConsole } from '../../scripts/console.mjs';

const HOUR = 3_600_000;

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ibsafe-batch-console-'));
  said = [];
  for (const name of ['console/package.json', 'console/package-lock.json', 'console/src/main.tsx', 'schema.graphql']) write(name, '{}');
  buildThat('');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

/** A build of the console that does something beside what it is for. */
function buildThat(does: string): void {
  write(
    'console/build.mjs',
    `import fs from 'node:fs'; ${does}; fs.mkdirSync('../dist/console', { recursive: true }); fs.appendFileSync('../built', 'x');`,
  );
}

const installed = async (folder: string): Promise<void> => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
};
const ensure = (further: object = {}): Promise<void> =>
  ensureConsole(root, { node: process.execPath, say: (line) => void said.push(line), install: installed, ...further });
const times = (): number => (existsSync(join(root, 'built')) ? readFileSync(join(root, 'built'), 'utf8').length : 0);

describe('The build of the console', () => {
  it('happens once for the same sources', async () => {
    expect(consoleIsSettled(root)).toBe(false);
    await ensure();
    await ensure();
    expect(times()).toBe(1);
    expect(consoleIsSettled(root)).toBe(true);
  });

  it.each(['console/src/main.tsx', 'console/src/added.ts', 'console/package-lock.json', 'schema.graphql'])(
    'happens again when %s changes',
    async (name) => {
      await ensure();
      write(name, '{ "changed": true }');
      expect(consoleIsSettled(root)).toBe(false);
      await ensure();
      expect(times()).toBe(2);
    },
  );

  it('is nobody’s business where there are no sources, as in an image', async () => {
    rmSync(join(root, 'console'), { recursive: true });
    expect(consoleIsSettled(root)).toBe(true);
    await ensure();
    expect(said).toEqual([]);
  });
});

describe('A console that cannot be built', () => {
  it.each([
    [
      'its packages cannot be had',
      { install: () => Promise.reject(new Error('npm could not install packages of the console: no network')) },
      'no network',
    ],
    ['its build fails', {}, 'an error of the bundler'],
  ])('keeps nobody when %s: it is said in a line, and noted for the page', async (_, further, words) => {
    buildThat("console.error('an error of the bundler'); process.exit(3)");
    await ensure(further);
    expect(said.at(-1)).toMatch(/the console could not be built, and the service does without.*npm run build tries again/);
    expect(readFileSync(join(root, 'dist/console.failed'), 'utf8')).toContain(words);
    expect(times()).toBe(0);
  });

  it('is not tried again by every command, but after an hour, when its sources change, and when it is asked for', async () => {
    buildThat("fs.appendFileSync('../tried', 'x'); process.exit(3)");
    const tried = (): number => readFileSync(join(root, 'tried'), 'utf8').length;
    await ensure();
    await ensure();
    expect(tried()).toBe(1);
    expect(consoleIsSettled(root)).toBe(true);
    expect(consoleIsSettled(root, Date.now() + HOUR + 1)).toBe(false);
    await ensure({ now: Date.now() + HOUR + 1 });
    await ensure({ force: true });
    expect(tried()).toBe(3);
    write('console/src/main.tsx', 'mended');
    expect(consoleIsSettled(root)).toBe(false);
  });

  it('is forgotten when it has been built', async () => {
    buildThat('process.exit(3)');
    await ensure();
    buildThat('');
    await ensure();
    expect(existsSync(join(root, 'dist/console.failed'))).toBe(false);
    expect(times()).toBe(1);
  });
});
