import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from './npm.mjs';

/**
 * Whether `node_modules` is what `package-lock.json` asks for on this platform. Told by a stamp that is written after a whole install:
 * file times say nothing after a clone or a copy.
 */
export function dependenciesAreCurrent(root) {
  const file = stampFile(root);
  return existsSync(file) && readFileSync(file, 'utf8') === wantedStamp(root);
}

/** Installs the lock file's packages when they are missing or of another lock. Throws a BootstrapError with npm's words on failure. */
export async function ensureDependencies(root, { say, install = installLocked }) {
  if (dependenciesAreCurrent(root)) return;
  say('installing dependencies (once for each package-lock.json)');
  rmSync(stampFile(root), { force: true });
  await install(root);
  writeFileSync(stampFile(root), wantedStamp(root));
}

// Not `npm ci`: it refuses a lock file that was written where some platform's packages could not be resolved.
function installLocked(root) {
  return npmInstall([], { cwd: root, what: 'the dependencies' });
}

function stampFile(root) {
  return join(root, 'node_modules', '.ibsafe-batch-stamp');
}

function wantedStamp(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}
