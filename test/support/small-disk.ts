import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
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

/** Why no file system can be mounted here; undefined where one can. */
export const lacksSmallDisk: string | undefined = whyNone();

function whyNone(): string | undefined {
  if (process.getuid?.() !== 0) return 'mounting a small file system needs root';
  try {
    unmountDisk(mountDisk('1m'));
    return undefined;
  } catch {
    return 'this machine lets nobody mount a file system';
  }
}

/** Mounts a disk in memory. @param size as `mount` takes it, such as 160m @returns its folder @throws where `lacksSmallDisk` tells why not */
export function mountDisk(size: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'ibsafe-batch-test', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return folder;
}

/** Takes a disk away, and what lies on it. */
export function unmountDisk(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  rmSync(folder, { recursive: true, force: true });
}

/** A disk in memory. @throws where `lacksSmallDisk` tells why not */
export function smallDisk(size: string): SmallDisk {
  const folder = mountDisk(size);
  return {
    folder,
    fill: () => fill(join(folder, 'filler')),
    mount: (how) => void execFileSync('mount', ['-o', `remount,${how}`, folder]),
    [Symbol.dispose]: () => unmountDisk(folder),
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
