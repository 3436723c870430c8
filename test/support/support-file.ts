import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a program beside the tests' support. Looked for from the checkout's root: the fault suite runs compiled, in a folder of its own. */
export function supportFile(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error('these tests are in no checkout: there is no package.json above them');
    folder = dirname(folder);
  }
  return join(folder, 'test', 'support', name);
}
