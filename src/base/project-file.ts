import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the project, by its path from the root: sought from this file upwards because sources and build lie at different depths. @throws Error when it is not there */
export function projectFile(path: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, path);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error(`expected ${path} in a folder above ${start}: it belongs to the project, restore it`);
  }
}
