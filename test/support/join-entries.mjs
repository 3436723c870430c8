import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinInto } from '../../scripts/bundle.mjs';

/** Programs of these tests that start many times. */
const ENTRIES = ['service-entry.mjs', 'scheduler-entry.mjs', 'endpoint-entry.mjs'];

// Joins them into the folder of that name below dist/entries, as the build joins the shipped program. Other test processes may be at it: whoever is last finds it made.
const [name] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const all = join(root, 'dist', 'entries');
mkdirSync(all, { recursive: true });
const before = readdirSync(all);
const own = join(all, `${name}-${process.pid}`);
await joinInto(own, { root, entries: ENTRIES.map((entry) => join(here, entry)) });
try {
  renameSync(own, join(all, name));
} catch (error) {
  if (!existsSync(join(all, name))) throw error;
  rmSync(own, { recursive: true, force: true });
}
for (const old of before.filter((each) => each !== name && !each.startsWith(`${name}-`)))
  rmSync(join(all, old), { recursive: true, force: true });
