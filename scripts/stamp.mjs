import { readFileSync } from 'node:fs';

/** The text of a stamp; undefined when there is none, or none that this user may read (another one installed it under a strict umask). */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(error.code)) return undefined;
    throw error;
  }
}
