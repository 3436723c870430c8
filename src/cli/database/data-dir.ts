import { chmodSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolders } from '../../base/make-folders.js';

/**
 * Makes the data folder where it is missing. As root the database in it runs as another user, who must be able to pass through the folders
 * made here even under a strict umask; folders that were there are left as they are.
 */
export function makeDataDir(dataDir: string): void {
  const path = resolve(dataDir);
  const first = makeFolders(path);
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) chmodSync(folder, 0o755);
}
