import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own. */
export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** Writes until there is no room for a byte. @returns how to free it again */
  fill(): () => void;
  /** Takes no more writes, or takes them again. */
  mount(how: 'ro' | 'rw'): void;
}

/** Mounts a disk in memory; undefined where this account may not. @param size as `mount` takes it, such as 160m */
export function smallDisk(size: string): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  return {
    folder,
    fill: () => fill(join(folder, 'filler')),
    mount: (how) => void execFileSync('mount', ['-o', `remount,${how}`, folder]),
    [Symbol.dispose]() {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

function fill(path: string): () => void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1_048_576, 4_096, 1]) {
      const bytes = Buffer.alloc(size);
      while (writesAll(file, bytes));
    }
  } finally {
    closeSync(file);
  }
  return () => closeSync(openSync(path, 'w'));
}

function writesAll(file: number, bytes: Buffer): boolean {
  try {
    return writeSync(file, bytes) === bytes.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
