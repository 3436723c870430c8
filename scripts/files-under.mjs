import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All files below a folder in one order everywhere; what is named in `except` is left out with what is in it. */
export function filesUnder(dir, { except = [] } = {}) {
  // oxlint-disable-next-line unicorn/no-array-sort -- toSorted needs Node 20, and this may run on 18
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries
    .filter(({ name }) => !except.includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(dir, entry.name), { except }) : [join(dir, entry.name)]));
}
