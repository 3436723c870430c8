import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** What stands at a path is a folder, a pipe, a socket or a device, of which no end can be read. Has a `code`, as errors of the system have. */
export class NoRegularFile extends Error {
  override readonly name = 'NoRegularFile';
  readonly code = 'ENOTFILE';

  constructor() {
    super('it is no file');
  }
}

// Without it the opening of a pipe waits for a writer, in a thread that nothing can end: the process would outlive every signal but SIGKILL.
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file that an operator named, for reading. Never waits for what stands there. @throws NoRegularFile, or the system's error */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const file = await open(path, AT_ONCE);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new NoRegularFile();
}

/** Reads a file that an operator named. @throws NoRegularFile, or the system's error */
export function readRegularFile(path: string): Buffer {
  const descriptor = openSync(path, AT_ONCE);
  try {
    if (!fstatSync(descriptor).isFile()) throw new NoRegularFile();
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
