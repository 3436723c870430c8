import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { supportFile } from './support-file.js';

/**
 * A program beside the tests' support, joined with what it loads of `dist` into a few files, as the shipped program is: half of the CPU of a start went into finding and linking
 * its modules, and these tests start hundreds of processes. Made once for each build.
 */
export function joinedEntry(name: string): string {
  const support = supportFile('');
  const dist = join(dirname(dirname(support)), 'dist');
  const hash = createHash('sha256').update(readFileSync(join(dist, '.build-stamp')));
  for (const file of readdirSync(support).filter((each) => each.endsWith('.mjs'))) hash.update(readFileSync(join(support, file)));
  const folder = hash.digest('hex').slice(0, 16);
  const entry = join(dist, 'entries', folder, name.replace(/\.mjs$/, '.js'));
  if (!existsSync(entry)) execFileSync(process.execPath, [supportFile('join-entries.mjs'), folder], { stdio: 'pipe' });
  return entry;
}
