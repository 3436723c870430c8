import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './error-code.js';

/**
 * Makes a folder and those that are missing on the way to it. On a disk that takes no writes Node calls the folder "not there" (ENOENT): this throws what the
 * system says (EROFS), which an operator can act on.
 * @returns the first folder that was made; undefined when all were there
 */
export function makeFolders(path: string): string | undefined {
  try {
    return mkdirSync(path, { recursive: true });
  } catch (error) {
    throw (codeOf(error) === 'ENOENT' && refusalOfDisk(firstMissing(path))) || error;
  }
}

/** What a disk that takes no writes says of a folder. */
function refusalOfDisk(path: string): unknown {
  try {
    mkdirSync(path);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'EROFS' ? error : undefined;
  }
}

function firstMissing(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) ? path : firstMissing(parent);
}
