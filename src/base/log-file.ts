import { closeSync, constants, copyFileSync, existsSync, fstatSync, ftruncateSync, openSync, renameSync, rmSync } from 'node:fs';

/** How much of a log file is kept. */
export interface LogLimit {
  /** Bytes after which a file is rotated. */
  readonly bytes: number;
  /** Earlier files kept beside it, as `<path>.1` (the newest) to `<path>.<n>`. */
  readonly files: number;
}

const { O_APPEND, O_CREAT, O_WRONLY } = constants;

/**
 * Opens a log file to append to, which only its owner may read; rotates it first when it is over its limit.
 * Its text is copied and the file emptied, not renamed: every process that appends to it (the roles of one service, a crash that Node itself
 * reports) goes on in the same file, and so does a reader who follows it. @throws when it cannot be opened
 */
export function openLogFile(path: string, limit: LogLimit): number {
  const descriptor = openSync(path, O_APPEND | O_CREAT | O_WRONLY, 0o600);
  try {
    if (fstatSync(descriptor).size >= limit.bytes) rotate(path, descriptor, limit.files);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

// On a full disk there is no room for the copy: then this part of the log goes, and the service keeps the room that it had.
function rotate(path: string, descriptor: number, files: number): void {
  const numbered = (number: number): string => `${path}.${number}`;
  try {
    for (let number = files - 1; number >= 1; number -= 1) {
      if (existsSync(numbered(number))) renameSync(numbered(number), numbered(number + 1));
    }
    if (files > 0) copyFileSync(path, numbered(1));
  } catch {
    rmSync(numbered(1), { force: true });
  } finally {
    ftruncateSync(descriptor);
  }
}
