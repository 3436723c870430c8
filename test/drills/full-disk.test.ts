import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { serverRuns, stopServer } from '../../src/cli/database/embedded-users.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';

/** A small disk of its own; undefined where this account may not have one. */
function smallDisk(): ({ readonly folder: string } & Disposable) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  const isMounted = ((): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=755', 'tmpfs', folder], { stdio: 'ignore' });
      return true;
    } catch {
      rmdirSync(folder);
      return false;
    }
  })();
  if (!isMounted) return undefined;
  return {
    folder,
    [Symbol.dispose]() {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

function fill(folder: string): void {
  const file = openSync(join(folder, 'filler'), 'w');
  try {
    for (const size of [1_048_576, 4_096, 1]) {
      const bytes = Buffer.alloc(size);
      while (writesAll(file, bytes));
    }
  } finally {
    closeSync(file);
  }
}

function writesAll(file: number, bytes: Buffer): boolean {
  try {
    return writeSync(file, bytes) === bytes.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

it('The embedded PostgreSQL is stopped also where the disk has no room for the lock of a stop', async () => {
  using disk = smallDisk();
  if (disk === undefined) return console.warn('skipped: this account may not mount a small disk');
  const dataDir = join(disk.folder, 'data');
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  fill(disk.folder);
  expect(() => writeAt(join(dataDir, 'any'))).toThrow(expect.objectContaining({ code: 'ENOSPC' })); // or this would prove nothing
  expect(await stopServer(dataDir)).toBe(true);
  expect(serverRuns(dataDir)).toBe(false);
  await server.stop();
}, 60_000);

function writeAt(path: string): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, Buffer.alloc(8_192));
  } finally {
    closeSync(file);
  }
}
