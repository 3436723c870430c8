import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BootstrapError } from '../../scripts/bootstrap-error.mjs';
import { dependenciesAreCurrent, ensureDependencies } from '../../scripts/dependencies.mjs';

let root: string;
let said: string[];
const say = (line: string) => void said.push(line);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ibsafe-batch-half-'));
  said = [];
});
afterEach(() => rmSync(root, { recursive: true }));

describe('packages that were never finished', () => {
  beforeEach(() => writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}'));
  it('are removed before they are installed again, after a failure and after an npm of the user that was killed', async () => {
    write('node_modules/.package-lock.json', '{}'); // npm's own, at its end
    await expect(ensureDependencies(root, { say, install: fillTheDisk })).rejects.toThrow('no space left');
    for (const again of [1, 2]) {
      await ensureDependencies(root, {
        say,
        install: async () => expect([again, existsSync(join(root, 'node_modules/half'))]).toEqual([again, false]),
      });
      expect(dependenciesAreCurrent(root)).toBe(true);
      rmSync(join(root, 'node_modules'), { recursive: true });
      half();
    }
  });

  it('are told from those of an installation that touched none, however it ended, which are kept for the lock file that they are of', async () => {
    await ensureDependencies(root, { say, install: async () => (half(), write('node_modules/.package-lock.json', '{}')) });
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":4}');
    for (const again of [1, 2]) {
      await expect(ensureDependencies(root, { say, install: away })).rejects.toThrow('cannot be reached');
      expect([again, existsSync(join(root, 'node_modules/half'))]).toEqual([again, true]);
    }
  });

  it.each([
    ['put another in its place', () => (rmSync(join(root, 'node_modules/half'), { recursive: true }), half())],
    ['took one away', () => rmSync(join(root, 'node_modules/half'), { recursive: true })],
    ['began another', () => mkdirSync(join(root, 'node_modules/more'))],
    ['began another below one', () => mkdirSync(join(root, 'node_modules/half/node_modules/@of/more'), { recursive: true })],
  ])('are those of an installation that %s, without a word of why it ended', async (_, touch) => {
    await ensureDependencies(root, { say, install: async () => (half(), write('node_modules/.package-lock.json', '{}')) });
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":4}');
    await expect(ensureDependencies(root, { say, install: () => (touch(), away()) })).rejects.toThrow('cannot be reached');
    await ensureDependencies(root, {
      say,
      install: async () => expect(readdirSync(join(root, 'node_modules'))).toEqual(['.ibsafe-batch-installing']),
    });
  });

  it('are told from those that npm finished, which are kept', async () => {
    half();
    write('node_modules/.package-lock.json', '{}');
    await ensureDependencies(root, { say, install: async () => expect(existsSync(join(root, 'node_modules/half'))).toBe(true) });
    expect(said).toHaveLength(1);
  });
});

// npm would take this for installed, and every build after it would meet half a file.
function half(): void {
  write('node_modules/half/package.json', '{}');
}

function away(): Promise<never> {
  return Promise.reject(new BootstrapError('the registry cannot be reached'));
}

async function fillTheDisk(): Promise<void> {
  half();
  throw new Error('no space left');
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}
